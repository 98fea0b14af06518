import type { CallFailure } from '../calls/call-failure.js';

/** AWS's ID for a denial, and the console page that explains it. */
export interface AuthorizationId {
  readonly id: string;
  /** The console page; absent if AWS gave the ID alone. */
  readonly link?: string;
}

/**
 * Finds the authorization ID and the console link in the message of a denial; undefined if AWS gave none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
 */
export function authorizationId({ message }: Pick<CallFailure, 'message'>): AuthorizationId | undefined {
  const [link, idOfLink] = /https:\/\/\S{1,200}\/authorization-details\/([\w-]+)/.exec(message) ?? [];
  const id = /authorization id:?\s+([\w-]+)/i.exec(message)?.[1] ?? idOfLink;
  return id === undefined ? undefined : { id, ...(link !== undefined && { link }) };
}

/** AWS's message without the sentence that gives the authorization ID. */
export function withoutAuthorizationId(message: string): string {
  return message.replace(
    /\s?Go to https:\/\/\S{1,200}\/authorization-details\/.{0,500}?authorization id:?\s{1,9}[\w-]+\.?/is,
    '',
  );
}

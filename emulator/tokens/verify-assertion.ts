import { AwsError, invalidIdentityToken } from '../wire/aws-error.js';
import { iamArn } from '../world/arn.js';
import type { WorldDocument } from '../world/world.js';
import { type Assertion, readAssertion } from './read-assertion.js';

/** A call with an assertion, and what the assertion is verified against. */
export interface AssertionCall {
  readonly world: WorldDocument;
  /** The account of the role. */
  readonly accountId: string;
  readonly roleArn: string;
  /** The ARN of the SAML provider. */
  readonly provider: string;
  /** The time in milliseconds since 1970. */
  readonly now: number;
}

/** Verifies a base64 SAML response as STS does, except for its signature; throws an AwsError. */
export function verifyAssertion(base64: string, call: AssertionCall): Assertion {
  const { world, accountId, roleArn, provider, now } = call;
  const assertion = readAssertion(base64);
  if (assertion === undefined || !hasReadableTimes(assertion)) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  const providers = world.accounts[accountId]?.samlProviders ?? [];
  if (!providers.some(({ name }) => iamArn(world, accountId, `saml-provider/${name}`) === provider)) {
    throw invalidIdentityToken("Specified provider doesn't exist");
  }
  if (now >= assertion.notOnOrAfter) {
    throw new AwsError('ExpiredTokenException', 400, 'Token must be redeemed within 5 minutes of issuance');
  }
  // AWS accepts the two ARNs of a Role value in either order.
  const pairs = (assertion.attributes.get('Role') ?? []).map((value) => value.split(',').map((part) => part.trim()));
  if (!pairs.some((pair) => pair.includes(roleArn) && pair.includes(provider))) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(firstValue(assertion, 'RoleSessionName') ?? '')) {
    throw invalidIdentityToken('RoleSessionName is required in AuthnResponse');
  }
  return assertion;
}

/** The SessionDuration attribute in seconds, if the assertion has it. */
export function declaredDuration(assertion: Assertion): number | undefined {
  const text = firstValue(assertion, 'SessionDuration');
  return text === undefined ? undefined : Number(text);
}

/** The first value of an attribute. */
export function firstValue(assertion: Assertion, name: string): string | undefined {
  return assertion.attributes.get(name)?.[0];
}

function hasReadableTimes(assertion: Assertion): boolean {
  const { notOnOrAfter, sessionNotOnOrAfter = 0 } = assertion;
  return [notOnOrAfter, sessionNotOnOrAfter, declaredDuration(assertion) ?? 0].every(Number.isInteger);
}

import { AwsError, invalidClientToken } from '../wire/aws-error.js';
import type { HttpRequest } from '../wire/http-message.js';
import { type Authorization, parseAuthorization, signatureMatches } from '../wire/sigv4.js';
import { basicTime, parseBasicTime } from '../wire/timestamps.js';
import { findKeyOwner } from '../world/find-principal.js';
import { partitionOf, partitionOfRegion } from '../world/partition.js';
import type { ServiceName } from '../world/world.js';
import { type Caller, callerOfSession, callerOfUser } from './caller.js';
import type { EmulatorState } from './emulator-state.js';

const skewMinutes = 5;
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** Headers that a signature must cover, and AWS's names for them. */
const mustBeSigned = [
  ['host', "'Host' or ':authority'"],
  ['x-amz-date', "'X-Amz-Date'"],
] as const;

interface KnownKey {
  readonly caller: Caller;
  readonly secretAccessKey: string;
}

/**
 * Identifies the signer of a request, checking in AWS's order: signed headers, scope, key and token, expiry, issuing
 * role, clock and signature. Throws MissingAuthenticationToken, IncompleteSignature, SignatureDoesNotMatch,
 * InvalidClientTokenId or ExpiredToken.
 */
export function authenticate(state: EmulatorState, request: HttpRequest): Caller {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  }
  const authorization = parseAuthorization(header);
  const time = request.headers['x-amz-date'];
  const signedAt = parseBasicTime(time ?? '');
  if (authorization === undefined || time === undefined || signedAt === undefined) {
    const text = "Authorization header requires 'Credential', 'Signature', 'SignedHeaders' and an 'X-Amz-Date' header.";
    throw new AwsError('IncompleteSignature', 400, text);
  }
  checkSignedHeaders(authorization);
  checkScope(authorization, time, state.world.service ?? 'aws');
  const { caller, secretAccessKey } = identify(state, authorization, request.headers['x-amz-security-token']);
  checkClock(state.clock.now(), signedAt);
  if (!signatureMatches(request, authorization, secretAccessKey)) {
    throw signatureError(mismatch);
  }
  return caller;
}

/** The caller of an access key, without verifying the signature; used for records and injected errors. */
export function claimedCaller(state: EmulatorState, accessKeyId: string): Caller | undefined {
  const session = state.sessions.find(accessKeyId);
  if (session !== undefined) {
    return callerOfSession(state, session);
  }
  const owner = findKeyOwner(state.world, accessKeyId);
  return owner === undefined ? undefined : callerOfUser(state, owner);
}

function checkSignedHeaders({ signedHeaders }: Authorization): void {
  const missing = mustBeSigned.find(([header]) => !signedHeaders.includes(header));
  if (missing !== undefined) {
    throw signatureError(`${missing[1]} must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

function checkScope({ date, region, service }: Authorization, time: string, server: ServiceName): void {
  const day = time.slice(0, 8);
  const texts = [
    // The STS of other vendors accepts any Region name.
    ...(server === 'aws' && partitionOfRegion(region) === undefined
      ? ['Credential should be scoped to a valid region. ']
      : []),
    ...(service === 'sts' ? [] : ["Credential should be scoped to correct service: 'sts'. "]),
    ...(date === day
      ? []
      : [
          `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${time}'. `,
        ]),
  ];
  if (texts.length > 0) {
    throw signatureError(texts.join(''));
  }
}

function identify(state: EmulatorState, { accessKeyId, region }: Authorization, token: string | undefined): KnownKey {
  const known = keyOf(state, accessKeyId, token);
  // Credentials of one partition do not exist in another.
  const isKnownHere =
    known !== undefined &&
    ((state.world.service ?? 'aws') !== 'aws' ||
      partitionOf(state.world, known.caller.accountId) === partitionOfRegion(region));
  if (!isKnownHere) {
    throw invalidClientToken();
  }
  return known;
}

function keyOf(state: EmulatorState, accessKeyId: string, token: string | undefined): KnownKey | undefined {
  // Sessions first: most calls use one, and finding the owner of a key searches every account.
  const session = state.sessions.find(accessKeyId);
  if (session === undefined) {
    const owner = findKeyOwner(state.world, accessKeyId);
    if (owner === undefined || token !== undefined || owner.key.status === 'Inactive') {
      return undefined;
    }
    return { caller: callerOfUser(state, owner), secretAccessKey: owner.key.secretAccessKey };
  }
  if (session.sessionToken !== token) {
    return undefined;
  }
  if (state.clock.now() >= session.expiresAt) {
    throw new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');
  }
  const caller = callerOfSession(state, session);
  return caller === undefined ? undefined : { caller, secretAccessKey: session.secretAccessKey };
}

function checkClock(now: number, signedAt: number): void {
  const skew = skewMinutes * 60_000;
  const [at, current] = [basicTime(signedAt), basicTime(now)];
  if (signedAt < now - skew) {
    const text = `Signature expired: ${at} is now earlier than ${basicTime(now - skew)} (${current} - ${skewMinutes} min.)`;
    throw signatureError(text);
  }
  if (signedAt > now + skew) {
    const text = `Signature not yet current: ${at} is still later than ${basicTime(now + skew)} (${current} + ${skewMinutes} min.)`;
    throw signatureError(text);
  }
}

function signatureError(text: string): AwsError {
  return new AwsError('SignatureDoesNotMatch', 403, text);
}

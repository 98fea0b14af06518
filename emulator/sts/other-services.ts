import type { Session } from '../session/sessions.js';
import { decodeIdToken } from '../tokens/decode-id-token.js';
import { AwsError, accessDenied, invalidIdentityToken } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import type { ServiceName } from '../world/world.js';
import { type Call, type OperationHandler, type StsState, signer } from './operation.js';
import { credentialsElement } from './session-elements.js';

/** How another vendor's STS names a session. Policies are not evaluated; only the form of the answers is emulated. */
interface OtherService {
  readonly arn: (roleArn: string, sessionName: string) => string;
  /** Whether session credentials may assume a role. */
  readonly chains: boolean;
}

const services: Readonly<Record<Exclude<ServiceName, 'aws'>, OtherService>> = {
  // The elements exist but are empty: https://github.com/minio/minio/blob/master/docs/sts/assume-role.md
  minio: { arn: () => '', chains: false },
  // The account is a tenant and may be empty; the role's path is kept: https://docs.ceph.com/en/latest/radosgw/STS/
  ceph: {
    arn: (roleArn, sessionName) =>
      `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`,
    chains: true,
  },
};

/** The operation of another vendor's STS. Throws when that STS does not support it. */
export function otherOperation(name: Exclude<ServiceName, 'aws'>, operation: string): OperationHandler {
  const service = services[name];
  if (operation === 'AssumeRole') {
    return (state, call) => assumeRole(state, call, service);
  }
  if (operation === 'AssumeRoleWithWebIdentity') {
    return (state, call) => assumeWithToken(state, call, service);
  }
  throw new AwsError('InvalidParameterValue', 400, `Unsupported action ${operation}`);
}

function assumeRole(state: StsState, call: Call, service: OtherService): readonly XmlElement[] {
  if (!service.chains && signer(call).session !== undefined) {
    throw accessDenied('Temporary credentials cannot assume a role');
  }
  return resultOf(issue(state, call, service));
}

async function assumeWithToken(state: StsState, call: Call, service: OtherService): Promise<readonly XmlElement[]> {
  const token = call.parameters.required('WebIdentityToken');
  const { exp = 0, sub } = decodeIdToken(token);
  const isValid = await state.signingKey.verify(token);
  if (!isValid || exp * 1000 <= state.clock.now()) {
    throw invalidIdentityToken('The token is not valid');
  }
  return [...resultOf(issue(state, call, service)), ['SubjectFromWebIdentityToken', sub]];
}

function issue(state: StsState, { parameters, caller }: Call, service: OtherService): Session {
  const now = state.clock.now();
  const seconds = parameters.integer('DurationSeconds') ?? 3600;
  const sessionName = parameters.required('RoleSessionName');
  return state.sessions.issue({
    kind: 'role',
    accountId: caller?.accountId ?? Object.keys(state.world.accounts)[0] ?? '',
    arn: service.arn(parameters.required('RoleArn'), sessionName),
    userId: sessionName,
    issuedAt: now,
    expiresAt: now + seconds * 1000,
    tags: [],
    policies: [],
  });
}

// Both write AssumeRoleId where AWS writes AssumedRoleId.
function resultOf(session: Session): readonly XmlElement[] {
  const user: readonly XmlElement[] = [
    ['Arn', session.arn],
    ['AssumeRoleId', session.arn === '' ? '' : session.userId],
  ];
  return [['AssumedRoleUser', user], credentialsElement(session)];
}

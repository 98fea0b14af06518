import { areTemporary, type Credentials } from '../iam/credentials.js';
import type { Chaining } from '../iam/duration.js';

/** Where a chain begins. */
export type BaseIdentity =
  | { readonly kind: 'access-keys' | 'Environment'; readonly credentials: Credentials }
  | { readonly kind: 'oidc'; readonly requestUrl: string; readonly requestToken: string; readonly audience: string }
  | { readonly kind: 'web-identity'; readonly tokenFile: string }
  | { readonly kind: 'saml'; readonly assertionFile: string; readonly providerArn: string }
  | { readonly kind: 'EcsContainer' | 'Ec2InstanceMetadata' }
  | { readonly kind: 'default-chain'; readonly origin: MachineOrigin; readonly chaining: Chaining | 'ask' };

/** Where the default credential chain of a machine ends, by name: whoever opens it reads the keys where they are then. */
export type MachineOrigin =
  | { readonly kind: 'environment' | 'web-identity' }
  | { readonly kind: 'container' | 'metadata' }
  | { readonly kind: 'profile'; readonly name: string };

/** The values of `credential-source`, as they are written; matched without regard to case. */
export const credentialSources = [
  'auto',
  'access-keys',
  'oidc',
  'web-identity',
  'saml',
  'Environment',
  'EcsContainer',
  'Ec2InstanceMetadata',
  'default-chain',
] as const;

/** A value of `credential-source`. */
export type CredentialSource = (typeof credentialSources)[number];

/** The STS call that makes the first hop from a base; every later hop is AssumeRole. */
export function firstOperation({
  kind,
}: BaseIdentity): 'AssumeRole' | 'AssumeRoleWithWebIdentity' | 'AssumeRoleWithSAML' {
  switch (kind) {
    case 'oidc':
    case 'web-identity':
      return 'AssumeRoleWithWebIdentity';
    case 'saml':
      return 'AssumeRoleWithSAML';
    default:
      return 'AssumeRole';
  }
}

/**
 * Whether the first hop from a base is role chaining; `ask` where only the credentials themselves can tell.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function firstHopChaining(base: BaseIdentity): Chaining | 'ask' {
  switch (base.kind) {
    case 'oidc':
    case 'web-identity':
    case 'saml':
      return 'no';
    case 'access-keys':
      return areTemporary(base.credentials) ? 'yes' : 'no';
    case 'Environment':
      // They may come from the metadata service of an EC2 instance.
      return areTemporary(base.credentials) ? 'ask' : 'no';
    case 'EcsContainer':
      return 'yes';
    case 'Ec2InstanceMetadata':
      return 'unsure';
    case 'default-chain':
      return base.chaining;
  }
}

/** A base identity in words. */
export function baseText(base: BaseIdentity): string {
  switch (base.kind) {
    case 'access-keys':
      return 'the access keys given as inputs';
    case 'oidc':
      return "the job's ID token (OIDC)";
    case 'web-identity':
      return 'the web-identity token file';
    case 'saml':
      return 'the SAML assertion file';
    case 'Environment':
      return 'the keys in the environment';
    case 'EcsContainer':
      return 'the container credentials (ECS task role or EKS Pod Identity)';
    case 'Ec2InstanceMetadata':
      return 'the EC2 instance profile';
    case 'default-chain':
      return `${originText(base.origin)} (default credential chain)`;
  }
}

/** The end of a default credential chain in words. */
export function originText(origin: MachineOrigin): string {
  switch (origin.kind) {
    case 'environment':
      return 'the keys in the environment';
    case 'web-identity':
      return 'the web identity of the machine (AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE)';
    case 'profile':
      return `the profile ${origin.name} of the machine's AWS files`;
    case 'container':
      return 'the container credentials (ECS task role or EKS Pod Identity)';
    case 'metadata':
      return 'the EC2 instance profile';
  }
}

/** Whether the machine renews this identity by itself, so that keys made of it would only get old. */
export function renewsItself(base: BaseIdentity): boolean {
  switch (base.kind) {
    case 'EcsContainer':
    case 'Ec2InstanceMetadata':
      return true;
    case 'default-chain':
      return base.origin.kind !== 'environment';
    default:
      return false;
  }
}

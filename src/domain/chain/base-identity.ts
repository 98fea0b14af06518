import type { Credentials } from '../identifiers/credentials.js';
import type { RoleChaining } from '../session-limits/duration-limits.js';

/** What a chain starts from. */
export type BaseIdentity =
  | { readonly kind: 'access-keys' | 'Environment'; readonly credentials: Credentials }
  | { readonly kind: 'oidc'; readonly requestUrl: string; readonly requestToken: string; readonly audience: string }
  | { readonly kind: 'web-identity'; readonly tokenFile: string }
  | { readonly kind: 'saml'; readonly assertionFile: string; readonly providerArn: string }
  | { readonly kind: 'EcsContainer' | 'Ec2InstanceMetadata' }
  | { readonly kind: 'default-chain'; readonly origin: MachineOrigin; readonly chaining: RoleChaining | 'ask' };

/** The source that the default credential chain selects; its credentials are read only when the walk starts. */
export type MachineOrigin =
  | { readonly kind: 'environment' | 'web-identity' }
  | { readonly kind: 'container' | 'metadata' }
  | { readonly kind: 'profile'; readonly name: string };

/** The values of `credential-source`, which is case-insensitive. */
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

/** Describes a base identity. */
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

/** Describes the source that a default credential chain selected. */
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

/** Whether the machine renews this identity itself, so that exported keys would expire without need. */
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

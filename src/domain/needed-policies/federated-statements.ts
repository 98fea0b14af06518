import { issuerHost } from '../id-token/issuer.js';
import type { RoleArn } from '../identifiers/arn.js';
import { partitionOf } from '../identifiers/partition.js';
import { literal, type Statement, single } from './policy-document.js';

/** A token that a role should trust. */
export interface TrustedToken {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
  /** The repository's ID, if AWS tests the `repository_id` of the issuer. Unlike the name, an ID never changes. */
  readonly repositoryId?: string;
}

/**
 * The statement with which a role trusts a job's token: its issuer's provider, its audience, its subjects and its
 * repository.
 */
export function webIdentityStatement(
  role: Pick<RoleArn, 'partition' | 'accountId'>,
  { issuer, audience, subjects, repositoryId }: TrustedToken,
): Statement {
  const host = issuerHost(issuer);
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${host}:aud`]: literal(audience),
        [`${host}:sub`]: single(subjects.map(literal)),
        ...(repositoryId !== undefined && { [`${host}:repository_id`]: repositoryId }),
      },
    },
  };
}

/** The statement with which a role trusts the users of a SAML provider. */
export function samlStatement(providerArn: string): Statement {
  const host = partitionOf(providerArn.split(':')[1] ?? '')?.signIn ?? 'signin.aws.amazon.com';
  return {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': `https://${host}/saml` } },
  };
}

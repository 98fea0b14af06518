/** An IAM policy as written, not checked yet. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

/** A statement of a policy. A statement with elements unknown to IAM denies. */
export interface PolicyStatement {
  Effect: string;
  [element: string]: unknown;
}

/** A long-term key. STS rejects `Inactive` keys. */
export interface AccessKeyDocument {
  accessKeyId: string;
  secretAccessKey: string;
  status?: 'Active' | 'Inactive';
}

/** An IAM user; a string among `policies` is the ARN of a managed policy. */
export interface UserDocument {
  path?: string;
  accessKeys?: AccessKeyDocument[];
  policies?: (PolicyDocument | string)[];
  permissionsBoundary?: PolicyDocument | string;
  tags?: Record<string, string>;
  mfaDevices?: { serialNumber: string; code: string }[];
}

/** An IAM role; `maxSessionDuration` is in seconds, 3600..43200, 3600 when absent. */
export interface RoleDocument {
  path?: string;
  maxSessionDuration?: number;
  trustPolicy: PolicyDocument;
  policies?: (PolicyDocument | string)[];
  permissionsBoundary?: PolicyDocument | string;
  tags?: Record<string, string>;
}

/** An AWS account. If service control policies are given, the list is complete: FullAWSAccess is not implied. */
export interface AccountDocument {
  alias?: string;
  organizationId?: string;
  /** `aws:PrincipalOrgPaths`: organization, root and units, each followed by `/`. */
  organizationPath?: string;
  partition?: string;
  root?: { accessKeys?: AccessKeyDocument[] };
  users?: Record<string, UserDocument>;
  roles?: Record<string, RoleDocument>;
  managedPolicies?: Record<string, PolicyDocument>;
  oidcProviders?: { url: string; clientIds: string[] }[];
  samlProviders?: { name: string }[];
  disabledRegions?: string[];
  serviceControlPolicies?: PolicyDocument[];
  resourceControlPolicies?: PolicyDocument[];
}

/** The GitHub job whose ID tokens the emulator signs. */
export interface JobDocument {
  issuer?: string;
  requestToken?: string;
  /** Use the `repo:owner@id/name@id:…` form of `sub`. */
  immutableSubject?: boolean;
  claims?: Record<string, unknown>;
}

/** The allowed rate of STS calls per account: a bucket of `burst` calls that refills at `perSecond`. */
export interface RateDocument {
  perSecond: number;
  burst: number;
}

/** The STS that the emulator imitates. */
export type ServiceName = 'aws' | 'minio' | 'ceph';

/** A world: accounts, one job, one instance, one container. */
export interface WorldDocument {
  $schema?: string;
  accounts: Record<string, AccountDocument>;
  partition?: string;
  job?: JobDocument;
  instance?: { role: string; instanceId?: string; region?: string };
  container?: { role: string; authorizationToken?: string };
  /** Default: no limit. */
  rate?: RateDocument;
  /** Whether denials carry an authorization ID and a console link. */
  authorizationIds?: boolean;
  /** Default `aws`. */
  service?: ServiceName;
  /** Whether sessions of an EC2 instance profile count as chained; AWS's guide says no, users report yes. */
  ec2IsChained?: boolean;
}

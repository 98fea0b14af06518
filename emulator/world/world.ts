/** An IAM policy as written, not yet checked. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

/** A statement of a policy. A statement with elements that IAM does not have denies. */
export interface PolicyStatement {
  Effect: string;
  [element: string]: unknown;
}

/** A long-term key. STS does not know `Inactive` keys. */
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

/** One AWS account. A given list of service control policies is complete: FullAWSAccess is not implied. */
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

/** How many STS calls an account may make: a bucket of `burst` calls that fills again at `perSecond`. */
export interface RateDocument {
  perSecond: number;
  burst: number;
}

/** The STS that the emulator imitates. */
export type ServiceName = 'aws' | 'minio' | 'ceph';

/** Everything the emulator knows: accounts, one job, one instance, one container. */
export interface WorldDocument {
  $schema?: string;
  accounts: Record<string, AccountDocument>;
  partition?: string;
  job?: JobDocument;
  instance?: { role: string; instanceId?: string; region?: string };
  container?: { role: string; authorizationToken?: string };
  /** Default: any number of calls. */
  rate?: RateDocument;
  /** Whether denials carry an authorization ID and a console link. */
  authorizationIds?: boolean;
  /** Default `aws`. */
  service?: ServiceName;
  /** Whether sessions from an EC2 instance profile count as chained; AWS's guide says no, field reports say yes. */
  ec2IsChained?: boolean;
}

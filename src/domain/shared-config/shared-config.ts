/** An AWS file as read; a missing file has neither text nor fault. */
export interface SharedConfigFile {
  readonly path: string;
  readonly text?: string;
  /** Why an existing file cannot be read. */
  readonly fault?: string;
}

/** A profile as the tools read it: its sections, and both merged; the credentials file wins. */
export interface Profile {
  readonly name: string;
  readonly config?: ReadonlyMap<string, string>;
  readonly credentials?: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, string>;
  /** Whether every tool recognizes its identity keys; see `Section`. */
  readonly isPlain: boolean;
  /** Whether the AWS CLI and boto3 read the same values of its identity keys as the SDKs; see `Section`. */
  readonly isFlat: boolean;
  /** The headers of its sections in the config file and in the credentials file, as written. */
  readonly header?: string;
  readonly credentialsHeader?: string;
  /** The paths of the files that contain the profile. */
  readonly files: readonly string[];
}

/** A fault of an AWS file. `what` never contains the text of a line, which may be a secret. */
export interface FileFault {
  readonly path: string;
  readonly what: string;
  /** An unreadable file, or a line or byte order mark that makes the AWS CLI and boto3 reject the whole file. */
  readonly kind: 'unreadable' | 'line' | 'mark';
  /** The profile with the fault; undefined if the fault concerns the whole file. */
  readonly profile?: string;
}

/** The machine's AWS files. */
export interface SharedConfig {
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Names of the `[sso-session …]` sections. */
  readonly ssoSessions: ReadonlySet<string>;
  /** The first faults of each file, and the first one of every profile with faults. */
  readonly faults: readonly FileFault[];
  /** The number of further faults. */
  readonly moreFaults: number;
}

/** A machine without AWS files. */
export const noSharedConfig: SharedConfig = {
  configFile: '~/.aws/config',
  credentialsFile: '~/.aws/credentials',
  profiles: new Map(),
  ssoSessions: new Set(),
  faults: [],
  moreFaults: 0,
};

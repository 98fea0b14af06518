import { posix, win32 } from 'node:path';
import type { Environment } from '../input/environment.js';

/** The paths of AWS's config file and credentials file. */
export interface SharedConfigPaths {
  readonly configFile: string;
  readonly credentialsFile: string;
}

/**
 * Returns the paths of the files that the AWS CLI and SDKs read: those in `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE`, where a leading `~` is the home folder, else `.aws/config` and `.aws/credentials`
 * there.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function sharedConfigPaths(environment: Environment, home: string): SharedConfigPaths {
  const { sep } = /^(?:[A-Za-z]:|\\\\)/.test(home) ? win32 : posix;
  // Without `join`: it would look for an empty home in the working folder, and for `..` without following links.
  const base = home.replace(sep === '\\' ? /[\\/]+$/ : /\/+$/, '');
  const located = (given: string | undefined, name: string) =>
    given ? given.replace(/^~(?=$|[\\/])/, () => base) : [base, '.aws', name].join(sep);
  return {
    configFile: located(environment.AWS_CONFIG_FILE, 'config'),
    credentialsFile: located(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
  };
}

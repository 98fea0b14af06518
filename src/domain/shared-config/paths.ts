/** The AWS CLI's and SDKs' config and credentials files. */
export interface SharedConfigPaths {
  readonly configFile: string;
  readonly credentialsFile: string;
}

/**
 * The paths of the shared files in the AWS CLI and SDKs: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` with a
 * leading `~` read as the home folder, else `.aws/config` and `.aws/credentials` in it.
 * See https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function sharedConfigPaths(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): SharedConfigPaths {
  const separator = /^(?:[A-Za-z]:|\\\\)/.test(home) ? '\\' : '/';
  const base = home.replace(separator === '\\' ? /[\\/]+$/ : /\/+$/, '');
  const located = (given: string | undefined, name: string) =>
    given ? given.replace(/^~(?=$|[\\/])/, () => base) : [base, '.aws', name].join(separator);
  return {
    configFile: located(environment.AWS_CONFIG_FILE, 'config'),
    credentialsFile: located(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
  };
}

/** The example world's roles and their accounts. */
export const hub = 'arn:aws:iam::111111111111:role/ci-hub';
export const deploy = 'arn:aws:iam::222222222222:role/deploy';
export const production = 'arn:aws:iam::333333333333:role/deploy';
export const long = 'arn:aws:iam::222222222222:role/long';
/** A role in the account of `deploy`. */
export const spoke = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
export const bot = 'arn:aws:iam::111111111111:user/ci-bot';

/** The long-term keys of the example world's user, as inputs. */
export const keys = {
  'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
  'aws-secret-access-key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** The same keys as environment variables, as an earlier step would export them. */
export const keyVariables = {
  AWS_ACCESS_KEY_ID: keys['aws-access-key-id'],
  AWS_SECRET_ACCESS_KEY: keys['aws-secret-access-key'],
} as const;

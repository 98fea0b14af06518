/** A text parameter's limits, from botocore's `sts/2011-06-15` model and the API reference. */
export interface TextRule {
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The pattern as AWS prints it; see `patterns`. */
  readonly pattern?: string;
  /** The value is a secret and is never shown. */
  readonly secret?: boolean;
}

/** One operation's parameters: texts, integers with their range, and whether it accepts policy ARNs and tags. */
export interface OperationSchema {
  readonly texts: Readonly<Record<string, TextRule>>;
  readonly integers?: Readonly<Record<string, readonly [min: number, max: number]>>;
  readonly policyArns?: boolean;
  readonly tags?: boolean;
}

const wideText = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';
const latinText = '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+';
const nameText = '[\\w+=,.@-]*';
const tagKeyText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+';
const tagValueText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*';

/** Regular expressions by AWS's text for them. As in AWS, only those of tags match characters beyond the BMP. */
export const patterns: Readonly<Record<string, RegExp>> = {
  [wideText]: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+$/u,
  [latinText]: /^[\t\n\r\u0020-\u00FF]+$/u,
  [nameText]: /^[\w+=,.@-]*$/,
  '[\\w+=,.@:\\/-]*': /^[\w+=,.@:/-]*$/,
  '[\\w+=/:,.@-]*': /^[\w+=/:,.@-]*$/,
  '[\\d]*': /^\d*$/,
  [tagKeyText]: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u,
  [tagValueText]: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
};

const arn: TextRule = { min: 20, max: 2048, pattern: wideText };
const roleArn: TextRule = { ...arn, required: true };
const sessionName: TextRule = { required: true, min: 2, max: 64, pattern: nameText };
const policy: TextRule = { min: 1, max: 2048, pattern: latinText };
/** AssumeRole's Policy has no maximum length in the model; its limit ignores whitespace. */
const unrestrictedPolicy: TextRule = { min: 1, pattern: latinText };
/** The range of DurationSeconds for a role session, in seconds. */
const roleDuration = [900, 43200] as const;
const minimumSize = [0, 4096] as const;
const mfa: Readonly<Record<string, TextRule>> = {
  SerialNumber: { min: 9, max: 256, pattern: '[\\w+=/:,.@-]*' },
  TokenCode: { min: 6, max: 6, pattern: '[\\d]*', secret: true },
};

/** The rules of a managed policy's ARN and of tag keys and values. */
export const memberRules = {
  policyArn: arn,
  tagKey: { required: true, min: 1, max: 128, pattern: tagKeyText },
  tagValue: { required: true, min: 0, max: 256, pattern: tagValueText },
} satisfies Record<string, TextRule>;

/** The maximum number of tags, transitive keys and managed policies per call. */
export const listLimits = { tags: 50, transitiveTagKeys: 50, policyArns: 10 } as const;

/** The parameters of each operation that the emulator supports. */
export const operationSchemas = {
  AssumeRole: {
    texts: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      Policy: unrestrictedPolicy,
      ExternalId: { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' },
      SourceIdentity: { min: 2, max: 256, pattern: nameText },
      ...mfa,
    },
    integers: { DurationSeconds: roleDuration, MinimumSessionTokenSize: minimumSize },
    policyArns: true,
    tags: true,
  },
  AssumeRoleWithWebIdentity: {
    texts: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      WebIdentityToken: { required: true, min: 4, max: 20000, secret: true },
      ProviderId: { min: 4, max: 2048 },
      Policy: policy,
    },
    integers: { DurationSeconds: roleDuration, MinimumSessionTokenSize: minimumSize },
    policyArns: true,
  },
  AssumeRoleWithSAML: {
    texts: {
      RoleArn: roleArn,
      PrincipalArn: roleArn,
      SAMLAssertion: { required: true, min: 4, max: 100000, secret: true },
      Policy: policy,
    },
    integers: { DurationSeconds: roleDuration, MinimumSessionTokenSize: minimumSize },
    policyArns: true,
  },
  GetCallerIdentity: { texts: {} },
  GetSessionToken: {
    texts: mfa,
    integers: { DurationSeconds: [900, 129600], MinimumSessionTokenSize: minimumSize },
  },
} satisfies Record<string, OperationSchema>;

/** The name of an operation that the emulator supports. */
export type Operation = keyof typeof operationSchemas;

/** Parameters that must never be recorded or echoed. */
export const secretParameters: readonly string[] = Object.values<OperationSchema>(operationSchemas).flatMap((schema) =>
  Object.entries(schema.texts).flatMap(([name, rule]) => (rule.secret ? [name] : [])),
);

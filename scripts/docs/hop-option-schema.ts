import type { Schema } from '../../emulator/world/rules.js';
import { textRules } from '../../src/domain/declared/option-values.js';

/** A reference to a definition of the schema. */
export const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** Editors parse an unquoted account ID as a number; the step keeps it as text. */
const accountId: Schema = {
  anyOf: [
    { type: 'string', pattern: '^\\d{12}$' },
    { type: 'integer', minimum: 0, maximum: 999_999_999_999 },
  ],
};

const boolean: Schema = {
  anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^(true|True|TRUE|false|False|FALSE)$' }],
};

const duration: Schema = {
  anyOf: [
    { type: 'integer', minimum: 900, maximum: 43_200 },
    { type: 'string', pattern: '^(\\d+|(\\d+[hH])?(\\d+[mM])?(\\d+[sS])?|[mM][aA][xX])$', minLength: 1 },
  ],
};

const json: Schema = { type: 'string', pattern: '^\\s*\\{' };
/** The schema of a single value. */
export const scalar: Schema = { type: ['string', 'number', 'boolean'] };

const words: Readonly<Record<string, Schema>> = {
  'role-to-assume': ref('role'),
  'role-session-name': { description: 'The name of the session.', ...textOf('role-session-name') },
  'role-duration-seconds': {
    description:
      'The duration of the session: 3600, 45m, 1h30m or max. AWS allows at most 3600 seconds on a chained hop.',
    ...duration,
  },
  'role-external-id': {
    description: "The external ID that the role's trust policy requires.",
    ...textOf('role-external-id'),
  },
  'source-identity': {
    description: 'The source identity. Set it once; it applies to the rest of the chain.',
    ...textOf('source-identity'),
  },
  'inline-session-policy': {
    description: 'An IAM policy that limits the permissions of the session, as a map or as JSON.',
    anyOf: [{ type: 'object' }, json],
  },
  'managed-session-policies': listOf(
    'The ARNs of up to 10 managed policies that limit the permissions of the session.',
    {
      type: 'string',
      pattern: '^(arn:aws[\\w-]*:iam::(\\d{12}|aws):policy/)',
    },
    10,
  ),
  'custom-tags': {
    description: 'Session tags, as a map or as JSON.',
    anyOf: [{ type: 'object', maxProperties: 50, additionalProperties: scalar }, json],
  },
  'transitive-tag-keys': listOf(
    'The keys of the session tags that later sessions inherit.',
    { type: 'string', minLength: 1 },
    50,
  ),
  'role-skip-session-tagging': { description: 'Whether to omit the default session tags.', ...boolean },
  'allowed-account-ids': {
    description: 'The accounts that the session of this hop may belong to.',
    anyOf: [accountId, { type: 'array', minItems: 1, items: accountId }, { type: 'string', pattern: '^\\s*\\d{12}' }],
  },
};

/** The schema of a hop option, with the description that editors show. */
export function hopOptionSchema(word: string): Schema {
  const schema = words[word];
  if (schema === undefined) {
    throw new Error(`The schema lacks the hop option ${word}.`);
  }
  return schema;
}

function textOf(word: keyof typeof textRules): Schema {
  const { pattern, minimum, maximum } = textRules[word];
  return {
    anyOf: [
      { type: 'string', pattern: pattern.source, minLength: minimum, maxLength: maximum },
      // The step reads an unquoted number as text.
      { type: 'integer', minimum: 10 ** (minimum - 1) },
    ],
  };
}

function listOf(description: string, item: Schema, most: number): Schema {
  const list = { type: 'array', minItems: 1, maxItems: most, items: item };
  return { description, anyOf: [list, { type: 'string', minLength: 1 }] };
}

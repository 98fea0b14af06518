import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hopOptionNames, textRules } from '../src/domain/declared/hop-options.js';
import { maximumHops } from '../src/domain/declared/role-chain.js';

/** A JSON schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

const root = join(import.meta.dirname, '..');
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** Filled in by GitHub before the step reads it. */
const expression: Schema = { type: 'string', pattern: '\\$\\{\\{.*\\}\\}' };

const role: Schema = {
  description: 'The ARN of a role, or a name (with its path) in the account of the identity that makes the hop.',
  anyOf: [
    { type: 'string', pattern: '^arn:aws[a-z-]*:iam::\\d{12}:role/([\\x21-\\x7e]+/)?[\\w+=,.@-]{1,64}$' },
    { type: 'string', pattern: '^/?([^:\\s/]+/)*[\\w+=,.@-]{1,64}$' },
    ref('expression'),
  ],
};

/** Editors read an unquoted account id as a number; the step reads it as it stands. */
const accountId: Schema = {
  anyOf: [
    { type: 'string', pattern: '^\\d{12}$' },
    { type: 'integer', minimum: 0, maximum: 999_999_999_999 },
    ref('expression'),
  ],
};

const boolean: Schema = {
  anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^(true|True|TRUE|false|False|FALSE)$' }, ref('expression')],
};

const duration: Schema = {
  anyOf: [
    { type: 'integer', minimum: 900, maximum: 43_200 },
    { type: 'string', pattern: '^(\\d+|(\\d+[hH])?(\\d+[mM])?(\\d+[sS])?|[mM][aA][xX])$', minLength: 1 },
    ref('expression'),
  ],
};

const json: Schema = { type: 'string', pattern: '^\\s*(\\{|\\$\\{\\{)' };
const scalar: Schema = { type: ['string', 'number', 'boolean'] };

/** The schema of each word of a hop, and what an editor says of it. */
const words: Readonly<Record<string, Schema>> = {
  'role-to-assume': ref('role'),
  'role-session-name': { description: 'The name of the session.', ...textOf('role-session-name') },
  'role-duration-seconds': {
    description:
      'How long the session lasts: 3600, 45m, 1h30m or max. AWS allows at most 3600 seconds on a chained hop.',
    ...duration,
  },
  'role-external-id': {
    description: "The external ID that the role's trust policy asks for.",
    ...textOf('role-external-id'),
  },
  'source-identity': { description: 'Set once; it sticks to the rest of the chain.', ...textOf('source-identity') },
  'inline-session-policy': {
    description: 'An IAM policy that narrows what the session may do, as a map or as JSON.',
    anyOf: [{ type: 'object' }, json],
  },
  'managed-session-policies': listOf(
    'The ARNs of up to 10 managed policies that narrow the session.',
    {
      type: 'string',
      pattern: '^(arn:aws[\\w-]*:iam::(\\d{12}|aws):policy/|.*\\$\\{\\{)',
    },
    10,
  ),
  'custom-tags': {
    description: 'Session tags, as a map or as JSON.',
    anyOf: [{ type: 'object', maxProperties: 50, additionalProperties: scalar }, json],
  },
  'transitive-tag-keys': listOf('Keys of tags that later sessions inherit.', { type: 'string', minLength: 1 }, 50),
  'role-skip-session-tagging': { description: 'Leave the default session tags out, or send them.', ...boolean },
  'allowed-account-ids': {
    description: 'The accounts in which the session of this hop may lie.',
    anyOf: [accountId, { type: 'array', minItems: 1, items: accountId }, { type: 'string', pattern: '^\\s*\\d{12}' }],
  },
};

function schemaOf(word: string): Schema {
  const schema = words[word];
  if (schema === undefined) {
    throw new Error(`The schema says nothing of ${word}, a word of a hop.`);
  }
  return schema;
}

function textOf(word: keyof typeof textRules): Schema {
  const { pattern, minimum, maximum } = textRules[word];
  return {
    anyOf: [
      { type: 'string', pattern: pattern.source, minLength: minimum, maxLength: maximum },
      // An unquoted number is a text to the step.
      { type: 'integer', minimum: 10 ** (minimum - 1) },
      ref('expression'),
    ],
  };
}

function listOf(description: string, item: Schema, most: number): Schema {
  const list = { type: 'array', minItems: 1, maxItems: most, items: item };
  return { description, anyOf: [list, { type: 'string', minLength: 1 }] };
}

const definitions: Readonly<Record<string, Schema>> = {
  expression,
  role,
  hop: {
    description: 'A hop with its words.',
    type: 'object',
    required: ['role-to-assume'],
    additionalProperties: false,
    properties: Object.fromEntries(hopOptionNames.map((word) => [word, schemaOf(word)])),
  },
  chain: {
    description: 'Roles in the order in which they are assumed; the last one is who you end up as.',
    type: 'array',
    minItems: 1,
    maxItems: maximumHops,
    items: { anyOf: [ref('role'), ref('hop')] },
  },
};

const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The YAML list form of `role-chain`. */
export function roleChainSchema(): Schema {
  return {
    $schema: draft,
    title: 'role-chain',
    description: 'The YAML form of the input role-chain.',
    ...ref('chain'),
    $defs: definitions,
  };
}

/** The YAML forms of `targets`: a map of names to chains, or a list of names from `role-chain-file`. */
export function targetsSchema(): Schema {
  const name = { type: 'string', pattern: '^[^\\s\\[\\]/\\\\"\'#;=]{1,128}$' };
  const text = { description: 'Roles, by line breaks or commas.', type: 'string', pattern: '\\S' };
  return {
    $schema: draft,
    title: 'targets',
    description: 'The YAML forms of the input targets.',
    anyOf: [
      {
        description: 'Each name becomes an AWS profile.',
        type: 'object',
        minProperties: 1,
        propertyNames: name,
        additionalProperties: { anyOf: [ref('chain'), ref('hop'), text] },
      },
      { description: 'Profiles of role-chain-file.', type: 'array', minItems: 1, uniqueItems: true, items: name },
    ],
    $defs: definitions,
  };
}

/** The schema files under docs/, by name. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const text = (schema: Schema) => `${onOneLine(JSON.stringify(schema, undefined, 2))}\n`;
  return { 'role-chain.schema.json': text(roleChainSchema()), 'targets.schema.json': text(targetsSchema()) };
}

/** Short lists stand on one line, as the formatter has them. */
function onOneLine(json: string): string {
  return json.replace(/\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`);
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of Object.entries(schemaFiles())) {
    writeFileSync(join(root, 'docs', name), text);
  }
}

import type { Schema } from '../../emulator/world/rules.js';
import { maximumHops } from '../../src/domain/chain/chain-length.js';
import { hopOptionNames } from '../../src/domain/declared/hop-options.js';
import { defaultsKeys, inventoryKeys } from '../../src/domain/declared/inventory.js';
import { ownMatrixNames } from '../../src/domain/declared/matrix-values.js';
import { targetKeys } from '../../src/domain/declared/parse-target.js';
import { hopOptionSchema, ref, scalar } from './hop-option-schema.js';

const role: Schema = {
  description: 'The ARN of a role, or a name (with its path) in the account of the identity that makes the hop.',
  type: 'string',
  pattern:
    '^(arn:aws[a-z-]*:iam::\\d{12}:role/([\\x21-\\x7e]+/)?|(?!\\d{12}$)(?!role/)/?([^:\\s/]+/)*)[\\w+=,.@-]{1,64}$',
  patternErrorMessage: 'Write arn:aws:iam::<account ID>:role/<name>, or the name of a role.',
};

const profileName = '[^\\s\\[\\]/\\\\"\'#;=]{1,128}';

/** A name that is not also a selector of the input `targets`. */
const targetName = `^(?!all$)(?!!)(?!.*[*?,])${profileName}$`;

const region: Schema = {
  description: 'The Region of the last hop and of the profile.',
  type: 'string',
  pattern: '^(?!aws-global$)[a-z0-9]+(-[a-z0-9]+)+$',
  patternErrorMessage: 'Write an AWS Region like eu-west-1.',
};

const matrix: Schema = {
  description: "Values of this target's entry in the output matrix of a dry run.",
  type: 'object',
  propertyNames: {
    type: 'string',
    pattern: `^(?!(${ownMatrixNames.map(inAnyCase).join('|')})$)`,
    patternErrorMessage: `The step itself sets ${ownMatrixNames.join(', ')} in each entry: choose another name.`,
  },
  additionalProperties: scalar,
};

/** The options of a target that are not options of its last hop. */
const ownWords: Readonly<Record<string, Schema>> = {
  via: { description: 'The first hops of the chain, by their name under via.', type: 'string', minLength: 1 },
  'role-chain': {
    description: 'The roles of the chain, or those after via.',
    ...byType({ array: ref('chain') }, ref('text')),
  },
  'aws-region': region,
  matrix,
};

/** The schemas of the options that a map of the file accepts, taken from the step's own tables. */
function properties(names: readonly string[]): Schema {
  return Object.fromEntries(names.map((name) => [name, ownWords[name] ?? hopOptionSchema(name)]));
}

const definitions: Readonly<Record<string, Schema>> = {
  role,
  text: { description: 'Roles, separated by line breaks or commas.', type: 'string', pattern: '\\S' },
  hop: {
    description: 'A hop with its options.',
    type: 'object',
    required: ['role-to-assume'],
    additionalProperties: false,
    properties: properties(hopOptionNames),
  },
  chain: {
    description: 'Roles in the order in which they are assumed; only the session of the last role is exported.',
    type: 'array',
    minItems: 1,
    maxItems: maximumHops,
    items: byType({ object: ref('hop') }, ref('role')),
  },
  target: {
    description: 'A target with options for its last hop.',
    type: 'object',
    anyOf: [{ required: ['role-to-assume'] }, { required: ['role-chain'] }, { required: ['via'] }],
    not: { required: ['role-to-assume', 'role-chain'] },
    additionalProperties: false,
    properties: properties(targetKeys),
  },
};

/** The sections of the file. */
const sections: Readonly<Record<(typeof inventoryKeys)[number], Schema>> = {
  defaults: {
    description: 'Defaults for the last hop of every target.',
    type: 'object',
    additionalProperties: false,
    properties: properties(defaultsKeys),
  },
  via: {
    description: 'First hops that targets share; they are made once.',
    type: 'object',
    additionalProperties: byType({ array: ref('chain'), object: ref('hop') }, ref('text')),
  },
  targets: {
    description: 'The targets by name. Each becomes an AWS profile.',
    type: 'object',
    minProperties: 1,
    propertyNames: {
      type: 'string',
      pattern: targetName,
      patternErrorMessage:
        'A target has a name without white space, quotes, brackets, slashes, # ; = * ? and commas, and is not called all.',
    },
    additionalProperties: byType({ array: ref('chain'), object: ref('target') }, ref('text')),
  },
};

/** The schema of the YAML form of `role-chain-file`. */
export function roleChainFileSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'role-chain-file',
    description: 'The targets that workflows select with the inputs role-chain-file and targets of assume-role.',
    type: 'object',
    required: ['targets'],
    additionalProperties: false,
    properties: Object.fromEntries(inventoryKeys.map((name) => [name, sections[name]])),
    definitions,
  };
}

/** Branches by type, so that an editor reports what is wrong with the value instead of its type. */
function byType(schemas: Readonly<Record<string, Schema>>, otherwise: Schema): Schema {
  return Object.entries(schemas).reduceRight<Schema>(
    (rest, [type, schema]) =>
      Object.fromEntries([
        ['if', { type }],
        ['then', schema],
        ['else', rest],
      ]),
    otherwise,
  );
}

function inAnyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}

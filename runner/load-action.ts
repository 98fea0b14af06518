import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';

/** The parts of a JavaScript action's action.yml that the runner uses. */
export interface Action {
  readonly folder: string;
  readonly main: string;
  readonly post: string | undefined;
  readonly postIf: string;
  /** Input name → default; an input without a default has the empty string. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Input name → its deprecation message. */
  readonly deprecations: ReadonlyMap<string, string>;
}

type YamlMap = Readonly<Record<string, unknown>>;

/** Reads an action.yml. Throws when it is not of a JavaScript action, or uses a feature that is not supported. */
export async function loadAction(file: string): Promise<Action> {
  // The failsafe schema keeps every scalar a string: actions receive their inputs as strings.
  const document = asMap(load(await readFile(file, 'utf8'), { schema: FAILSAFE_SCHEMA }));
  const runs = asMap(document.runs);
  const using = String(runs.using ?? '');
  if (!/^node\d+$/.test(using)) {
    throw new Error(`${file}: runs.using is '${using}', not a JavaScript action`);
  }
  if (typeof runs.main !== 'string') {
    throw new Error(`${file}: runs.main is missing`);
  }
  if (runs.pre !== undefined) {
    throw new Error(`${file}: runs.pre is not supported`);
  }
  const folder = dirname(resolve(file));
  const inputs = Object.entries(asMap(document.inputs));
  return {
    folder,
    main: join(folder, runs.main),
    post: typeof runs.post === 'string' ? join(folder, runs.post) : undefined,
    postIf: typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()',
    inputs: new Map(inputs.map(([name, input]) => [name, defaultOf(name, asMap(input))])),
    deprecations: new Map(inputs.flatMap(([name, input]) => deprecationOf(name, asMap(input)))),
  };
}

function defaultOf(name: string, input: YamlMap): string {
  const value = input.default;
  const text = typeof value === 'string' ? value : '';
  if (text.includes('${{')) {
    throw new Error(`Input '${name}': a default with an expression is not supported`);
  }
  return text;
}

function deprecationOf(name: string, input: YamlMap): [string, string][] {
  const message = input.deprecationMessage;
  return typeof message === 'string' ? [[name.toLowerCase(), message]] : [];
}

function asMap(value: unknown): YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as YamlMap) : {};
}

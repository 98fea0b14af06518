import type { Environment } from '../input/environment.js';
import { type Problem, quote, type Report } from '../input/problem.js';

/** One session tag. https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

const keyPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const valuePattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const unusable = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const maximumTags = 50;

/** Where the default session tags come from; the droppable ones go first where AWS finds the tags too large. */
const defaultSources: readonly { readonly key: string; readonly variable: string; readonly droppable: boolean }[] = [
  { key: 'Repository', variable: 'GITHUB_REPOSITORY', droppable: false },
  { key: 'Workflow', variable: 'GITHUB_WORKFLOW', droppable: false },
  { key: 'Action', variable: 'GITHUB_ACTION', droppable: false },
  { key: 'Actor', variable: 'GITHUB_ACTOR', droppable: false },
  { key: 'Commit', variable: 'GITHUB_SHA', droppable: false },
  { key: 'Branch', variable: 'GITHUB_REF', droppable: false },
  { key: 'EventName', variable: 'GITHUB_EVENT_NAME', droppable: true },
  { key: 'BaseRef', variable: 'GITHUB_BASE_REF', droppable: true },
  { key: 'HeadRef', variable: 'GITHUB_HEAD_REF', droppable: true },
  { key: 'RunId', variable: 'GITHUB_RUN_ID', droppable: true },
  { key: 'Job', variable: 'GITHUB_JOB', droppable: true },
  { key: 'TriggeringActor', variable: 'GITHUB_TRIGGERING_ACTOR', droppable: true },
];

/** The keys of the default session tags; not every run has a value for each. */
export const defaultTagKeys = ['GitHub', ...defaultSources.map(({ key }) => key)];

/** The default session tags of a job: what GitHub says of it, in characters that AWS takes. */
export function defaultTags(environment: Environment): readonly Tag[] {
  const tags = defaultSources.flatMap(({ key, variable }) => {
    const value = environment[variable];
    return value ? [{ key, value: [...value.replace(unusable, '_')].slice(0, 256).join('') }] : [];
  });
  return [{ key: 'GitHub', value: 'Actions' }, ...tags];
}

/** The tags without those that may go where they are too large, and the keys that went. */
export function dropTags(tags: readonly Tag[]): { readonly kept: readonly Tag[]; readonly dropped: readonly string[] } {
  const droppable = new Set(defaultSources.filter((source) => source.droppable).map(({ key }) => key));
  const dropped = tags.filter(({ key }) => droppable.has(key)).map(({ key }) => key);
  return { kept: tags.filter(({ key }) => !droppable.has(key)), dropped };
}

/** Reads `custom-tags` as JSON: an object of strings, numbers and booleans; a number is sent as it is written. */
export function parseTagsJson(text: string, where: string, report: Report): readonly Tag[] {
  const parsed = parsedJson(text);
  if (parsed === undefined) {
    report({ where, what: 'the text is not valid JSON', fix: 'Write an object like {"Team":"platform"}' });
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    report({ where, what: 'the text is JSON, but not an object', fix: 'Write an object like {"Team":"platform"}' });
    return [];
  }
  const keys = keysIn(text);
  for (const key of keys.filter((one, index) => keys.indexOf(one) < index)) {
    report({ where, what: `tag key ${quote(key)} is given twice`, fix: 'Keep one' });
  }
  return Object.entries(parsed).flatMap(([key, value]): Tag[] => {
    if (typeof value !== 'string' && typeof value !== 'boolean') {
      report({
        where,
        what: `the value of ${quote(key)} is not a string, number or boolean`,
        fix: 'Write one value a key',
      });
      return [];
    }
    return [{ key, value: String(value) }];
  });
}

/** Numbers become strings as they stand, because JSON.parse rounds long ones and shortens 1.10; undefined where the text is no JSON. */
function parsedJson(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  );
}

/** The keys of a JSON object without objects in it, also those that JSON.parse lets the last one of win. */
function keysIn(json: string): readonly string[] {
  return [...json.matchAll(/("(?:[^"\\]|\\.)*")\s*(:)?/g)].flatMap(([, key = '""', colon]) =>
    colon === undefined ? [] : [JSON.parse(key) as string],
  );
}

/** What AWS would refuse in a hop's tags. */
export function tagProblems(
  tags: readonly Tag[],
  transitiveKeys: readonly string[],
  where: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const wrong = (what: string, fix: string) => problems.push({ where, what, fix });
  if (tags.length > maximumTags) {
    wrong(`${tags.length} session tags`, `AWS takes at most ${maximumTags}, default tags included`);
  }
  for (const { key, value } of tags) {
    const characters = 'letters, digits, spaces and _.:/=+-@';
    if (!keyPattern.test(key)) {
      wrong(`${quote(key)} cannot be a tag key`, `A key has 1 to 128 ${characters}`);
    }
    if (/^aws:/i.test(key)) {
      wrong(`tag key ${quote(key)} begins with aws:`, 'AWS keeps that prefix for itself; use another key');
    }
    if (!valuePattern.test(value)) {
      wrong(`the value of tag ${quote(key)} cannot be a tag value`, `A value has at most 256 ${characters}`);
    }
  }
  for (const twice of repeated(tags.map(({ key }) => key))) {
    wrong(`tag key ${quote(twice)} is given twice`, 'AWS ignores upper and lower case in tag keys; keep one');
  }
  for (const key of transitiveKeys.filter(
    (name) => !tags.some((tag) => tag.key.toLowerCase() === name.toLowerCase()),
  )) {
    wrong(
      `transitive tag key ${quote(key)} is not among this hop's tags`,
      'Add the tag, or take the key out of transitive-tag-keys',
    );
  }
  return problems;
}

/** Custom tags that would replace one of the default tags. */
export function protectedTagProblems(custom: readonly Tag[], where: string): readonly Problem[] {
  const taken = new Set(defaultTagKeys.map((key) => key.toLowerCase()));
  return custom
    .filter(({ key }) => taken.has(key.toLowerCase()))
    .map(({ key }) => ({
      where,
      what: `tag key ${quote(key)} is one of the default session tags`,
      fix: 'Use another key, or set role-skip-session-tagging: true',
    }));
}

function repeated(keys: readonly string[]): readonly string[] {
  const lower = keys.map((key) => key.toLowerCase());
  return keys.filter((_, index) => lower.indexOf(lower[index] ?? '') < index);
}

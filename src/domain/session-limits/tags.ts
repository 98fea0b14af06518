import type { Environment } from '../input/environment.js';
import type { Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';

/** One session tag. https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

const longest = { key: 128, value: 256 } as const;

/**
 * Makes a pattern of the characters that AWS does not accept in a tag; on demand, because Unicode classes compile
 * slowly.
 */
const unusable = () => /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const maximumTags = 50;

/** The sources of the default session tags; droppable tags are removed first if the tags are too large for AWS. */
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

/** The keys of the default session tags; some have no value in some runs. */
export const defaultTagKeys = ['GitHub', ...defaultSources.map(({ key }) => key)];

/** The default session tags of a job, from GitHub's variables, in characters that AWS accepts. */
export function defaultTags(environment: Environment): readonly Tag[] {
  const tags = defaultSources.flatMap(({ key, variable }) => {
    const value = environment[variable];
    return value ? [{ key, value: [...value.replace(unusable(), '_')].slice(0, longest.value).join('') }] : [];
  });
  return [{ key: 'GitHub', value: 'Actions' }, ...tags];
}

/** Removes the droppable default tags; returns the other tags, and the keys of the removed ones. */
export function dropTags(tags: readonly Tag[]): { readonly kept: readonly Tag[]; readonly dropped: readonly string[] } {
  const droppable = new Set(defaultSources.filter((source) => source.droppable).map(({ key }) => key));
  const dropped = tags.filter(({ key }) => droppable.has(key)).map(({ key }) => key);
  return { kept: tags.filter(({ key }) => !droppable.has(key)), dropped };
}

/** Says why AWS refuses a key or value of a tag, as part of a sentence; undefined if it does not. */
function tagFault(text: string, most: number): string | undefined {
  const { length } = [...text];
  const [character] = unusable().exec(text) ?? [];
  if (length > most) {
    return `has ${length} characters`;
  }
  return character === undefined ? undefined : `contains ${quote(character)}`;
}

/** Returns why AWS would refuse a hop's tags, one reason for each fault; empty if it would not. */
export function tagRefusals(tags: readonly Tag[], transitiveKeys: readonly string[]): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (what: string, fix: string) => refusals.push({ what, fix });
  if (tags.length > maximumTags) {
    wrong(`${tags.length} session tags`, `AWS accepts at most ${maximumTags}, default tags included`);
  }
  for (const { key, value } of tags) {
    const characters = 'letters, digits, spaces and _.:/=+-@';
    const keyFault = key === '' ? 'is empty' : tagFault(key, longest.key);
    if (keyFault !== undefined) {
      wrong(`tag key ${quote(key)} ${keyFault}`, `A key has 1 to 128 ${characters}`);
    }
    if (/^aws:/i.test(key)) {
      wrong(`tag key ${quote(key)} begins with aws:`, 'AWS reserves that prefix; use another key');
    }
    const valueFault = tagFault(value, longest.value);
    if (valueFault !== undefined) {
      wrong(`the value of tag ${quote(key)} ${valueFault}`, `A value has at most 256 ${characters}`);
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
      'Add the tag, or remove the key from transitive-tag-keys',
    );
  }
  return refusals;
}

/** Whether AWS would treat this tag key as one of the default tags. */
export function isDefaultTagKey(key: string): boolean {
  return defaultTagKeys.some((name) => name.toLowerCase() === key.toLowerCase());
}

function repeated(keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const isRepeated = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    return isRepeated;
  });
}

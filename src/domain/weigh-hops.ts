import { isRoleArn, type RoleArn, type RoleName, roleArn } from './arn.js';
import type { DeclaredHop } from './chain.js';
import { defaultDuration } from './duration.js';
import type { Environment } from './environment.js';
import type { Hop } from './hop.js';
import type { HopWords } from './hop-words.js';
import { type BaseIdentity, firstHopChaining, firstOperation } from './identity.js';
import { quote, type Report } from './problem.js';
import { defaultTags, protectedTagProblems, type Tag } from './tags.js';

/** What the step's own inputs say of its hops. */
export interface StepWords {
  readonly words: HopWords;
  readonly environment: Environment;
  /** Whether the chain is a single `role-to-assume`, which carries the default session tags. */
  readonly isSingleRole: boolean;
  readonly warn: (text: string) => void;
}

const defaultSessionName = 'GitHubActions';

/** Makes hops of what was declared: each step input lands on the hop it applies to, each default where nobody spoke. */
export function weighHops(
  declared: readonly DeclaredHop[],
  base: BaseIdentity,
  step: StepWords,
  report: Report,
): readonly Hop[] {
  const settled = settleStepWords(declared, base, step);
  const hops: Hop[] = [];
  for (const [index, { where, words }] of declared.entries()) {
    const isLast = index === declared.length - 1;
    const own: HopWords = {
      ...pickSessionName(settled),
      ...(isLast && lastHopWords(settled)),
      ...(index === sourceIdentityHop(base) && pickSourceIdentity(settled)),
      ...words,
    };
    const operation = index === 0 ? firstOperation(base) : 'AssumeRole';
    if (operation !== 'AssumeRole') {
      tellFederatedWords(words, { where, operation }, report);
    }
    const role = resolveName(words.role, hops.at(-1)?.role, { where, operation }, report);
    const tags = operation === 'AssumeRole' ? hopTags(own, { step, where }, report) : [];
    hops.push({
      where,
      operation,
      role,
      roleSessionName: own.roleSessionName ?? defaultSessionName,
      duration: own.duration ?? (isLast ? defaultDuration.last : defaultDuration.middle),
      chaining: index === 0 ? firstHopChaining(base) : 'yes',
      ...(operation === 'AssumeRole' && carriedBySigned(own)),
      ...(own.policy !== undefined && { policy: own.policy }),
      policyArns: own.policyArns ?? [],
      tags,
      transitiveTagKeys: words.transitiveTagKeys ?? [],
      accountGuards: [words.allowedAccountIds, isLast ? settled.allowedAccountIds : undefined].filter(
        (guard) => guard !== undefined,
      ),
    });
  }
  return withStepKeys(hops, { declared, keys: settled.transitiveTagKeys ?? [], step });
}

/** The step's transitive keys belong to the first hop that sets the tag; a key that no hop sets is told at the last one. */
function withStepKeys(
  hops: readonly Hop[],
  { declared, keys, step }: { declared: readonly DeclaredHop[]; keys: readonly string[]; step: StepWords },
): readonly Hop[] {
  const homeOf = (key: string) => {
    const setter = hops.findIndex(({ tags }) => tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase()));
    return setter < 0 ? hops.length - 1 : setter;
  };
  return hops.map((hop, index) => {
    const own = keys.filter((key) => homeOf(key) === index);
    const hasWord = declared[index]?.words.transitiveTagKeys !== undefined;
    return hasWord ? hop : { ...hop, transitiveTagKeys: sentKeys(own, hop.tags, step) };
  });
}

function pickSessionName({ roleSessionName }: HopWords): HopWords {
  return roleSessionName === undefined ? {} : { roleSessionName };
}

/** The source identity is the first hop's to set, not the last one's. */
function lastHopWords({ sourceIdentity: _, ...words }: HopWords): HopWords {
  return words;
}

function pickSourceIdentity({ sourceIdentity }: HopWords): HopWords {
  return sourceIdentity === undefined ? {} : { sourceIdentity };
}

function carriedBySigned({ externalId, sourceIdentity }: HopWords): Pick<Hop, 'externalId' | 'sourceIdentity'> {
  return { ...(externalId !== undefined && { externalId }), ...(sourceIdentity !== undefined && { sourceIdentity }) };
}

/** The index of the first hop that can carry a source identity: a federated call has no such parameter. */
function sourceIdentityHop(base: BaseIdentity): number {
  return firstOperation(base) === 'AssumeRole' ? 0 : 1;
}

/** Takes out of the step's words what no hop of this chain can carry, and warns of each. */
function settleStepWords(declared: readonly DeclaredHop[], base: BaseIdentity, { words, warn }: StepWords): HopWords {
  const operation = firstOperation(base);
  if (declared.length !== 1 || operation === 'AssumeRole') {
    return words;
  }
  for (const name of lostWords(words)) {
    warn(`${name} has no effect here: ${operation}, which makes the only hop, has no such parameter.`);
  }
  const { tags, transitiveTagKeys, externalId, sourceIdentity, ...carried } = words;
  return carried;
}

function tellFederatedWords(
  words: HopWords,
  { where, operation }: { where: string; operation: string },
  report: Report,
): void {
  for (const name of lostWords(words)) {
    report({
      where: `${where}, ${name}`,
      what: `this hop is made with ${operation}, which has no such parameter`,
      fix: 'Move the word to a later hop, or take it out',
    });
  }
}

/** The words that a call with a token has no parameter for. */
function lostWords(words: HopWords): readonly string[] {
  const lost = {
    'custom-tags': words.tags,
    'transitive-tag-keys': words.transitiveTagKeys,
    'role-external-id': words.externalId,
    'source-identity': words.sourceIdentity,
    'role-skip-session-tagging: false': words.skipSessionTagging === false ? false : undefined,
  };
  return Object.entries(lost).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** Stands for a role whose problem is told already, and gives no cause for another. */
const unreadable: RoleName = { path: '/', name: '' };

function resolveName(
  role: RoleArn | RoleName | undefined,
  before: RoleArn | RoleName | undefined,
  { where, operation }: { where: string; operation: string },
  report: Report,
): RoleArn | RoleName {
  if (role === undefined) {
    return unreadable;
  }
  if (isRoleArn(role)) {
    return role;
  }
  if (before !== undefined && isRoleArn(before)) {
    return roleArn(before.partition, before.accountId, role);
  }
  if (operation !== 'AssumeRole') {
    report({
      where,
      what: `${quote(role.name)} is a role name, and a federated first hop has no account to look for it in`,
      fix: `Write the role's ARN: arn:aws:iam::<account id>:role${role.path}${role.name}`,
    });
  }
  return role;
}

function hopTags(own: HopWords, { step, where }: { step: StepWords; where: string }, report: Report): readonly Tag[] {
  const custom = own.tags ?? [];
  if (own.skipSessionTagging ?? !step.isSingleRole) {
    return custom;
  }
  const taken = protectedTagProblems(custom, `${where}, custom-tags`);
  for (const problem of taken) {
    report(problem);
  }
  // Told once: beside a default tag of the same key it would be told again, as a key given twice.
  return [...defaultTags(step.environment), ...(taken.length > 0 ? [] : custom)];
}

/** The keys whose tags are sent: a default tag for which this run has no value cannot be transitive. */
function sentKeys(keys: readonly string[], tags: readonly Tag[], { warn }: StepWords): readonly string[] {
  return keys.filter((key) => {
    const isUnsentDefault = isDefaultKey(key) && !tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase());
    if (isUnsentDefault) {
      warn(`transitive-tag-keys: ${key} is left out, because this run does not send that default session tag.`);
    }
    return !isUnsentDefault;
  });
}

function isDefaultKey(key: string): boolean {
  return protectedTagProblems([{ key, value: '' }], '').length > 0;
}

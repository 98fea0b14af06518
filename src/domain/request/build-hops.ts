import { type BaseIdentity, firstHopChaining, firstOperation } from '../chain/base-identity.js';
import type { Hop } from '../chain/hop.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import type { DeclaredHop, HopOptions } from '../declared/hop-options.js';
import { isRoleArn, type RoleArn, type RoleName, roleArn } from '../iam/arn.js';
import { defaultDuration } from '../iam/duration.js';
import { defaultTags, isDefaultTagKey, type Tag } from '../iam/tags.js';
import type { Environment } from '../input/environment.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';

/** The step's inputs for its hops. */
export interface StepContext {
  readonly options: HopOptions;
  readonly environment: Environment;
  /** Whether the chain is a single `role-to-assume`, which carries the default session tags. */
  readonly isSingleRole: boolean;
  readonly warn: (text: string) => void;
}

const defaultSessionName = 'GitHubActions';

/** Builds hops from declarations: applies each step input to its hop, and defaults elsewhere. */
export function buildHops(
  { hops: declared, defaults }: Pick<DeclaredTarget, 'hops' | 'defaults'>,
  base: BaseIdentity,
  step: StepContext,
): readonly Hop[] {
  const isOnlyFederated = declared.length === 1 && firstOperation(base) !== 'AssumeRole';
  const operation = isOnlyFederated ? firstOperation(base) : undefined;
  const settled = dropUnsupported(step.options, '', { operation, step });
  const ofFile = withoutOverridden(
    dropUnsupported(defaults?.options ?? {}, 'defaults: ', { operation, step }),
    settled,
  );
  const hops: Hop[] = [];
  for (const [index, { place, options: written }] of declared.entries()) {
    const isLast = index === declared.length - 1;
    const file = isLast ? ofFile : {};
    const own: HopOptions = {
      ...file,
      ...pickSessionName(settled),
      ...(isLast && lastHopOptions(settled)),
      ...(index === sourceIdentityHop(base) && pickSourceIdentity(settled)),
      ...written,
    };
    const operation = index === 0 ? firstOperation(base) : 'AssumeRole';
    if (operation !== 'AssumeRole') {
      reportFederatedOptions(written, operation, place);
    }
    const role = resolveName(written.role, hops.at(-1)?.role, { operation, place });
    const tags = operation === 'AssumeRole' ? hopTags(own, step, place) : [];
    hops.push({
      where: place.where,
      operation,
      role,
      roleSessionName: own.roleSessionName ?? defaultSessionName,
      durationSeconds: own.durationSeconds ?? (isLast ? defaultDuration.last : defaultDuration.middle),
      chaining: index === 0 ? firstHopChaining(base) : 'yes',
      ...(operation === 'AssumeRole' && signedHopOptions(own)),
      ...(own.policy !== undefined && { policy: own.policy }),
      policyArns: own.policyArns ?? [],
      tags,
      transitiveTagKeys: written.transitiveTagKeys ?? file.transitiveTagKeys ?? [],
      allowedAccountIds: [
        written.allowedAccountIds ?? file.allowedAccountIds,
        isLast ? settled.allowedAccountIds : undefined,
      ].filter((guard) => guard !== undefined),
    });
  }
  return withStepKeys(hops, { declared, keys: settled.transitiveTagKeys ?? [], step });
}

/**
 * The step's transitive keys apply to the first hop that sets the tag; a key that no hop sets is reported at the last
 * one.
 */
function withStepKeys(
  hops: readonly Hop[],
  { declared, keys, step }: { declared: readonly DeclaredHop[]; keys: readonly string[]; step: StepContext },
): readonly Hop[] {
  if (keys.length === 0) {
    return hops;
  }
  const settingHop = (key: string) => {
    const setter = hops.findIndex(({ tags }) => tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase()));
    return setter < 0 ? hops.length - 1 : setter;
  };
  return hops.map((hop, index) => {
    const own = keys.filter((key) => settingHop(key) === index);
    const hasOwnKeys = declared[index]?.options.transitiveTagKeys !== undefined;
    return hasOwnKeys ? hop : { ...hop, transitiveTagKeys: sentKeys(own, hop.tags, step) };
  });
}

function pickSessionName({ roleSessionName }: HopOptions): HopOptions {
  return roleSessionName === undefined ? {} : { roleSessionName };
}

/** The first hop sets the source identity, not the last one. */
function lastHopOptions({ sourceIdentity: _, ...options }: HopOptions): HopOptions {
  return options;
}

function pickSourceIdentity({ sourceIdentity }: HopOptions): HopOptions {
  return sourceIdentity === undefined ? {} : { sourceIdentity };
}

function signedHopOptions({ externalId, sourceIdentity }: HopOptions): Pick<Hop, 'externalId' | 'sourceIdentity'> {
  return { ...(externalId !== undefined && { externalId }), ...(sourceIdentity !== undefined && { sourceIdentity }) };
}

/** The index of the first hop that can carry a source identity: a federated call has no such parameter. */
function sourceIdentityHop(base: BaseIdentity): number {
  return firstOperation(base) === 'AssumeRole' ? 0 : 1;
}

/** Removes options that the only hop of a chain does not support, with a warning each; `from` names their origin. */
function dropUnsupported(
  options: HopOptions,
  from: string,
  { operation, step }: { operation: string | undefined; step: StepContext },
): HopOptions {
  if (operation === undefined) {
    return options;
  }
  for (const name of unsupportedOptions(options)) {
    step.warn(`${from}${name} has no effect here: ${operation}, which makes the only hop, has no such parameter.`);
  }
  const { tags, transitiveTagKeys, externalId, sourceIdentity, ...carried } = options;
  return carried;
}

/** A file's defaults without those that the step overrides; account guards are combined. */
function withoutOverridden(defaults: HopOptions, step: HopOptions): HopOptions {
  const said = Object.keys(step).filter((key) => key !== 'allowedAccountIds');
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !said.includes(key)));
}

function reportFederatedOptions(options: HopOptions, operation: string, place: Place): void {
  for (const name of unsupportedOptions(options)) {
    place
      .at(name.replace(/:.*/, ''))
      .report(
        `this hop is made with ${operation}, which has no such parameter`,
        'Move the option to a later hop, or remove it',
      );
  }
}

/** The options without a parameter in a federated call. */
function unsupportedOptions(options: HopOptions): readonly string[] {
  const lost = {
    'custom-tags': options.tags,
    'transitive-tag-keys': options.transitiveTagKeys,
    'role-external-id': options.externalId,
    'source-identity': options.sourceIdentity,
    'role-skip-session-tagging: false': options.skipSessionTagging === false ? false : undefined,
  };
  return Object.entries(lost).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** Placeholder for a role that failed to parse; it causes no further problems. */
const unreadable: RoleName = { path: '/', name: '' };

function resolveName(
  role: RoleArn | RoleName | undefined,
  before: RoleArn | RoleName | undefined,
  { operation, place }: { operation: string; place: Place },
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
    place.report(
      `${quote(role.name)} is only a role's name, and the first hop starts without an AWS account to find it in`,
      `Write the role's ARN: arn:aws:iam::<account id>:role${role.path}${role.name}`,
    );
  }
  return role;
}

function hopTags(own: HopOptions, step: StepContext, place: Place): readonly Tag[] {
  const custom = own.tags ?? [];
  if (own.skipSessionTagging ?? !step.isSingleRole) {
    return custom;
  }
  const taken = custom.filter(({ key }) => isDefaultTagKey(key));
  for (const { key } of taken) {
    place
      .at('custom-tags')
      .report(
        `tag key ${quote(key)} is one of the default session tags`,
        'Use another key, or set role-skip-session-tagging: true',
      );
  }
  // Report once: with a default tag of the same key it would also be reported as a duplicate.
  return [...defaultTags(step.environment), ...(taken.length > 0 ? [] : custom)];
}

/** The keys of the sent tags: a default tag without a value in this run cannot be transitive. */
function sentKeys(keys: readonly string[], tags: readonly Tag[], { warn }: StepContext): readonly string[] {
  return keys.filter((key) => {
    const isUnsentDefault = isDefaultTagKey(key) && !tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase());
    if (isUnsentDefault) {
      warn(`transitive-tag-keys: ${key} is left out, because this run does not send that default session tag.`);
    }
    return !isUnsentDefault;
  });
}

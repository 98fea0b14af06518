import type { BaseIdentity } from '../chain/base-identity.js';
import { firstHopChaining, firstOperation } from '../chain/first-hop.js';
import type { Hop } from '../chain/hop.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import type { DeclaredHop, HopOptions } from '../declared/hop-options.js';
import { isRoleArn, type RoleArn, type RoleName, roleArn } from '../identifiers/arn.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { defaultDuration } from '../session-limits/duration-limits.js';
import { dropUnsupported, reportUnsupported } from './federated-options.js';
import { hopTags, withStepKeys } from './hop-tags.js';
import type { StepContext } from './step-context.js';

const defaultSessionName = 'GitHubActions';

/** Builds the hops of a target: its own options, then those of the step's inputs and of the file, then defaults. */
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
  for (const [index, hop] of declared.entries()) {
    const isLast = index === declared.length - 1;
    const file = isLast ? ofFile : {};
    hops.push(buildHop(hop, { index, isLast, base, before: hops.at(-1)?.role, file, settled }, step));
  }
  return withStepKeys(hops, { declared, keys: settled.transitiveTagKeys ?? [], step });
}

/** A hop's position in its chain, and the options that may apply to it besides its own. */
interface HopPosition {
  readonly index: number;
  readonly isLast: boolean;
  readonly base: BaseIdentity;
  /** The role of the previous hop. */
  readonly before: RoleArn | RoleName | undefined;
  /** From `defaults` of the role-chain file, without those that the step's inputs override. */
  readonly file: HopOptions;
  /** From the step's inputs, without those that the call does not support. */
  readonly settled: HopOptions;
}

function buildHop({ place, options: written }: DeclaredHop, position: HopPosition, step: StepContext): Hop {
  const { index, isLast, base, before, file, settled } = position;
  const own: HopOptions = {
    ...file,
    ...pickSessionName(settled),
    ...(isLast && lastHopOptions(settled)),
    ...(index === sourceIdentityHop(base) && pickSourceIdentity(settled)),
    ...written,
  };
  const operation = index === 0 ? firstOperation(base) : 'AssumeRole';
  if (operation !== 'AssumeRole') {
    reportUnsupported(written, operation, place);
  }
  return {
    where: place.where,
    operation,
    role: resolveName(written.role, before, { operation, place }),
    roleSessionName: own.roleSessionName ?? defaultSessionName,
    durationSeconds: own.durationSeconds ?? (isLast ? defaultDuration.last : defaultDuration.middle),
    chaining: index === 0 ? firstHopChaining(base) : 'yes',
    ...(operation === 'AssumeRole' && signedHopOptions(own)),
    ...(own.policy !== undefined && { policy: own.policy }),
    policyArns: own.policyArns ?? [],
    tags: operation === 'AssumeRole' ? hopTags(own, step, place) : [],
    transitiveTagKeys: written.transitiveTagKeys ?? file.transitiveTagKeys ?? [],
    allowedAccountIds: [
      written.allowedAccountIds ?? file.allowedAccountIds,
      isLast ? settled.allowedAccountIds : undefined,
    ].filter((guard) => guard !== undefined),
  };
}

function pickSessionName({ roleSessionName }: HopOptions): HopOptions {
  return roleSessionName === undefined ? {} : { roleSessionName };
}

/** The step's options that apply to the last hop: all but the source identity, which the first hop sets. */
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

/** A file's defaults without those that the step's inputs override. Account guards stay: both lists apply. */
function withoutOverridden(defaults: HopOptions, step: HopOptions): HopOptions {
  const overridden = Object.keys(step).filter((key) => key !== 'allowedAccountIds');
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !overridden.includes(key)));
}

/** Placeholder for a role that failed to parse; it causes no further problems. */
const unreadable: RoleName = { path: '/', name: '' };

/** Returns the role of a hop; one that is only named gets the account of the previous hop's role, if that is known. */
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
      `Write the role's ARN: arn:aws:iam::<account ID>:role${role.path}${role.name}`,
    );
  }
  return role;
}

import type { BaseIdentity } from '../chain/base-identity.js';
import { firstHopChaining, firstOperation } from '../chain/first-hop.js';
import type { Hop } from '../chain/hop.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import type { DeclaredHop, HopOptions } from '../declared/hop-options.js';
import { isRoleArn, type RoleArn, type RoleName, roleArn } from '../iam/arn.js';
import { defaultDuration } from '../iam/duration-limits.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { dropUnsupported, reportUnsupported } from './federated-options.js';
import { hopTags, withStepKeys } from './hop-tags.js';
import type { StepContext } from './step-context.js';

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
  for (const [index, hop] of declared.entries()) {
    const isLast = index === declared.length - 1;
    const file = isLast ? ofFile : {};
    hops.push(buildHop(hop, { index, isLast, base, before: hops.at(-1)?.role, file, settled }, step));
  }
  return withStepKeys(hops, { declared, keys: settled.transitiveTagKeys ?? [], step });
}

/** A hop's position in its chain, and the options that it gets from the file and from the step. */
interface HopPosition {
  readonly index: number;
  readonly isLast: boolean;
  readonly base: BaseIdentity;
  /** The role of the hop before it. */
  readonly before: RoleArn | RoleName | undefined;
  readonly file: HopOptions;
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

/** A file's defaults without those that the step overrides; account guards are combined. */
function withoutOverridden(defaults: HopOptions, step: HopOptions): HopOptions {
  const said = Object.keys(step).filter((key) => key !== 'allowedAccountIds');
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !said.includes(key)));
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

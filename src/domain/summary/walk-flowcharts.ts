import type { AssumedRole } from '../chain/assumed-role.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../chain/hop-tree.js';
import type { FailedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import type { IdentityArn } from '../iam/arn.js';
import { fenced } from '../rendering/markdown.js';
import { flowchart, type HopLabel } from './mermaid.js';

/** A picture of more targets than this is too large to read. */
export const mostPictured = 25;

type PicturedTarget = Pick<FailedTarget, 'target' | 'sessions' | 'baseIdentity' | 'caller'>;

/** The session of a node: that of any target behind it, at the node's own depth. */
export type SessionOf = (node: HopNode, depth: number) => AssumedRole | undefined;

/** The picture of chains that were walked. */
export function reachedPicture(reached: readonly PicturedTarget[]): readonly string[] {
  const sessionOf = sessionsOf(reached);
  return picture(reached, (node, depth) => ({
    ...plannedLabel(node),
    ...secondsOf(sessionOf(node, depth)),
    state: 'made',
  }));
}

/** The picture of how far a failed walk came; none if no hop failed. */
export function failedPicture(failed: readonly FailedTarget[]): readonly string[] {
  const sessionOf = sessionsOf(failed);
  const labelOf = (node: HopNode, depth: number): HopLabel => {
    const session = sessionOf(node, depth);
    const behind = new Set(targetsOf(node));
    const isHere = failed.some(
      ({ target, hop, sessions }) => hop !== undefined && sessions.length === depth && behind.has(target),
    );
    const state = session === undefined ? (isHere ? 'failed' : 'unreached') : 'made';
    return { ...plannedLabel(node), ...secondsOf(session), state };
  };
  return failed.some(({ hop }) => hop !== undefined) ? picture(failed, labelOf) : [];
}

/** The picture of chains that were not walked. */
export function plannedPicture(targets: readonly Target[]): readonly string[] {
  const hasHops = targets.some(({ hops }) => hops.length > 0);
  return hasHops
    ? picture(
        targets.map((target) => ({ target, sessions: [] })),
        plannedLabel,
      )
    : [];
}

/** Finds sessions by node. */
export function sessionsOf(walked: readonly PicturedTarget[]): SessionOf {
  const byTarget = new Map(walked.map(({ target, sessions }) => [target, sessions]));
  return (node, depth) => {
    for (const target of targetsOf(node)) {
      const session = byTarget.get(target)?.[depth];
      if (session !== undefined) {
        return session;
      }
    }
    return undefined;
  };
}

function picture(
  walked: readonly PicturedTarget[],
  labelOf: (node: HopNode, depth: number) => HopLabel,
): readonly string[] {
  if (walked.length > mostPictured) {
    return [];
  }
  const trees = hopTrees(walked.map(({ target }) => target));
  const identities = new Map(
    walked.map(({ target, baseIdentity, sessions, caller }) => [
      target,
      baseIdentity ?? (sessions.length === 0 ? caller : undefined),
    ]),
  );
  const identityOf = (tree: HopTree): IdentityArn | undefined => identities.get(targetsOf(tree)[0] as Target);
  return [fenced(flowchart(trees, labelOf, identityOf), 'mermaid')];
}

function plannedLabel({ hop: { durationSeconds } }: HopNode): HopLabel {
  return { state: 'planned', ...(durationSeconds !== 'max' && { seconds: durationSeconds }) };
}

function secondsOf(session: AssumedRole | undefined): Partial<HopLabel> {
  return session === undefined ? {} : { seconds: session.durationSeconds };
}

import type { AssumedRole } from '../chain/assumed-role.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../chain/hop-tree.js';
import type { FailedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import type { IdentityArn } from '../identifiers/arn.js';
import { fenced } from '../rendering/markdown.js';
import { flowchart, type HopLabel } from './mermaid.js';

/** Maximum targets of a flowchart; a larger one is hard to read. */
export const mostPictured = 25;

type PicturedTarget = Pick<FailedTarget, 'target' | 'sessions' | 'baseIdentity' | 'caller'>;

/** Returns the session that the hop of a node created; undefined if there is none. `depth` is the index of the hop. */
export type SessionOf = (node: HopNode, depth: number) => AssumedRole | undefined;

/** The flowchart of chains that were walked; empty if there are too many targets. */
export function reachedPicture(reached: readonly PicturedTarget[]): readonly string[] {
  const sessionOf = sessionsOf(reached);
  return picture(reached, (node, depth) => ({
    ...plannedLabel(node),
    ...secondsOf(sessionOf(node, depth)),
    state: 'made',
  }));
}

/** The flowchart of how far a failed walk came; empty if no hop failed. */
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

/** The flowchart of chains that a dry run does not walk; empty if there are no hops. */
export function plannedPicture(targets: readonly Target[]): readonly string[] {
  const hasHops = targets.some(({ hops }) => hops.length > 0);
  return hasHops
    ? picture(
        targets.map((target) => ({ target, sessions: [] })),
        plannedLabel,
      )
    : [];
}

/** Makes the function that finds the session of a node, from the sessions of the targets. */
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

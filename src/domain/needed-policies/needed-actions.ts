import type { Hop, Inherited } from '../chain/hop.js';

/** A hop with what it inherits: all that the caller's permissions policy and the role's trust policy must allow. */
export interface NeededActions {
  readonly hop: Hop;
  readonly inherited: Inherited;
  /** The action that the hop needs because the base identity has transitive tags or a source identity. */
  readonly baseAction?: string;
}

/**
 * The actions that an AssumeRole hop needs in the caller's policy and in the trust policy. A source identity needs one
 * more, and so do tags, whether the hop sets them or inherits them.
 */
export function usedActions({ hop, inherited, baseAction }: NeededActions): readonly string[] {
  return [
    'sts:AssumeRole',
    ...(sourceIdentityOf({ hop, inherited }) === undefined ? [] : ['sts:SetSourceIdentity']),
    ...(hop.tags.length + inherited.tags.length === 0 ? [] : ['sts:TagSession']),
    ...(baseAction === undefined ? [] : [baseAction]),
  ];
}

/** The source identity that a hop sets or inherits. */
export function sourceIdentityOf({ hop, inherited }: NeededActions): string | undefined {
  return hop.sourceIdentity ?? inherited.sourceIdentity?.value;
}

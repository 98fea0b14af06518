import type { BaseIdentity, MachineOrigin } from '../chain/base-identity.js';
import type { HopNode, HopTree } from '../chain/hop-tree.js';
import { type IdentityArn, isRoleArn } from '../identifiers/arn.js';
import { groupBy } from '../input/non-empty.js';
import { shortDuration } from '../session-limits/duration-limits.js';

/** The result of a hop; `planned` in a dry run. */
export type HopState = 'made' | 'failed' | 'unreached' | 'planned';

/** What the flowchart shows of a hop, besides its role and targets. */
export interface HopLabel {
  readonly state: HopState;
  /** The duration in seconds; undefined if `max` was requested and no session exists yet. */
  readonly seconds?: number;
}

const styles: Readonly<Record<Exclude<HopState, 'planned'>, string>> = {
  made: 'stroke:#1a7f37,stroke-width:2px',
  failed: 'stroke:#cf222e,stroke-width:3px',
  unreached: 'stroke-dasharray:4 4',
};

/** A node of the flowchart. */
interface Drawn {
  readonly line: string;
  /** The account in whose box the node is; empty for a node outside of boxes. */
  readonly accountId: string;
}

/**
 * Draws trees of hops as a Mermaid flowchart, with a box for each account. `identityOf` returns the base identity of a
 * tree, if the walk knows it. https://mermaid.js.org/syntax/flowchart.html
 */
export function flowchart(
  trees: readonly HopTree[],
  labelOf: (node: HopNode, depth: number) => HopLabel,
  identityOf: (tree: HopTree) => IdentityArn | undefined = () => undefined,
): string {
  const drawn: Drawn[] = [];
  const edges: string[] = [];
  const used = new Map<HopState, string[]>();
  const add = ([open, close]: readonly [string, string], label: readonly string[], accountId = ''): string => {
    const id = `n${drawn.length + 1}`;
    drawn.push({ line: `${id}${open}"${label.map(mermaidText).join('<br>')}"${close}`, accountId });
    return id;
  };
  const grow = (from: string, nodes: readonly HopNode[], depth: number): void => {
    for (const node of nodes) {
      const { state, seconds } = labelOf(node, depth);
      const { role } = node.hop;
      const to = add(['[', ']'], hopLabel(node), isRoleArn(role) ? role.accountId : '');
      const duration = seconds === undefined ? 'max' : shortDuration(seconds);
      edges.push(`  ${from} -->|"${mermaidText(`Hop ${depth + 1}, ${duration}`)}"| ${to}`);
      used.set(state, [...(used.get(state) ?? []), to]);
      grow(to, node.children, depth + 1);
    }
  };
  for (const tree of trees) {
    const identity = identityOf(tree);
    const label = [baseLabel(tree.base), ...identityLabel(identity)];
    grow(add(['([', '])'], label, identity?.accountId), tree.children, 0);
  }
  return ['flowchart LR', ...boxLines(drawn), ...edges, ...styleLines(used)].join('\n');
}

/** The lines of the nodes; the nodes of one account are in a box. */
function boxLines(drawn: readonly Drawn[]): readonly string[] {
  return groupBy(drawn, ({ accountId }) => accountId).flatMap((group, index) => {
    const [{ accountId }] = group;
    return accountId === ''
      ? group.map(({ line }) => `  ${line}`)
      : [
          `  subgraph a${index + 1}["${mermaidText(`account ${accountId}`)}"]`,
          ...group.map(({ line }) => `    ${line}`),
          '  end',
        ];
  });
}

/** Escapes a Mermaid label: every character that may have a meaning there becomes its code. */
export function mermaidText(text: string): string {
  return [...text.replace(/[\s\p{Cc}]+/gu, ' ')]
    .map((character) => (/[A-Za-z0-9 ,./-]/.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('');
}

function hopLabel({ hop: { role }, ends }: HopNode): readonly string[] {
  const names = ends.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [role.name, ...(names.length > 0 ? [`target ${names.join(', ')}`] : [])];
}

function baseLabel(base: BaseIdentity): string {
  switch (base.kind) {
    case 'oidc':
      return 'This job (OIDC)';
    case 'web-identity':
      return 'Token file';
    case 'saml':
      return 'SAML assertion';
    case 'access-keys':
      return 'Access keys';
    case 'Environment':
      return 'Keys in the environment';
    case 'EcsContainer':
      return 'Container credentials';
    case 'Ec2InstanceMetadata':
      return 'EC2 instance profile';
    case 'default-chain':
      return machineLabel(base.origin);
  }
}

function machineLabel(origin: MachineOrigin): string {
  switch (origin.kind) {
    case 'environment':
      return 'Keys in the environment';
    case 'web-identity':
      return 'Web identity of the machine';
    case 'profile':
      return `Profile ${origin.name}`;
    case 'container':
      return 'Container credentials';
    case 'metadata':
      return 'EC2 instance profile';
  }
}

function identityLabel(identity: IdentityArn | undefined): readonly string[] {
  if (identity === undefined || identity.name === '') {
    return [];
  }
  const session = identity.roleSessionName === '' ? [] : [`session ${identity.roleSessionName}`];
  return [identity.name, ...session];
}

function styleLines(used: ReadonlyMap<HopState, readonly string[]>): readonly string[] {
  return Object.entries(styles).flatMap(([state, style]) => {
    const nodes = used.get(state as HopState);
    return nodes === undefined ? [] : [`  classDef ${state} ${style}`, `  class ${nodes.join(',')} ${state}`];
  });
}

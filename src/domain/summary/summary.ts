import { type HopNode, hopTrees, targetsOf } from '../chain/hop-tree.js';
import { hopPlace } from '../chain/log-lines.js';
import type { AssumedRole, FailedTarget, ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import { codeSpan, escapeText, fenced, link, markdown, table } from '../document/markdown.js';
import type { Part } from '../document/parts.js';
import type { Explanation } from '../explain/explain.js';
import { accountIdsWithin, identityText } from '../iam/arn.js';
import { durationText } from '../iam/duration.js';
import { partitionOf } from '../iam/partition.js';
import { timeText } from '../iam/timestamp.js';
import { flowchart, type HopLabel } from './flowchart.js';

type SessionOf = (node: HopNode, depth: number) => AssumedRole | undefined;

const columns = ['Hop', 'Account', 'Role', 'Session name', 'Duration', 'Expires'];

/** Percent of AWS's limit for session policies and tags from which a hop is close to being refused. */
const closeToFull = 80;

/** GitHub drops a summary of more than 1024 KiB; characters, of at most four bytes. */
const longest = 250_000;

/** The chain that was walked, as a picture and a table, for the job summary; account ids are hidden on request. */
export function reachedSummary(
  walked: readonly ReachedTarget[],
  { masksAccountIds }: { masksAccountIds: boolean },
): string {
  const trees = hopTrees(walked.filter(({ isKept }) => !isKept).map(({ target }) => target));
  const sessionOf = sessionsOf(walked);
  const rows = trees
    .flatMap(({ children }) => nodesOf(children, 0))
    .flatMap(({ node, depth }) => {
      const session = sessionOf(node, depth);
      return session === undefined ? [] : [row(session, depth, targetsOf(node))];
    });
  const text = document([
    '### AWS credentials',
    walked.map(identityLine).join('\n'),
    ...(rows.length === 0 ? [] : [fenced(flowchart(trees, madeLabel(sessionOf)), 'mermaid'), hopTable(rows)]),
    ...packedWarnings(walked).map((warning) => `⚠️ ${escapeText(warning)}`),
    ...(masksAccountIds ? [] : [walked.flatMap(switchRoleLink).join('\n')]),
  ]);
  return masksAccountIds ? withoutAccountIds(text) : text;
}

/** A failed step, for the job summary; where it failed in a hop, with the picture of how far it came. */
export function failedSummary({ parts }: Explanation, stops: readonly FailedTarget[]): string {
  const trees = hopTrees(stops.map(({ target }) => target));
  const hasPicture = stops.some(({ hop }) => hop !== undefined);
  return document([
    markdown(parts.slice(0, 1)),
    ...(hasPicture ? [fenced(flowchart(trees, stoppedLabel(stops)), 'mermaid')] : []),
    markdown(parts.slice(1)),
  ]);
}

/** A plan, for the job summary. */
export function dryRunSummary(parts: readonly Part[], targets: readonly Target[]): string {
  const trees = hopTrees(targets);
  const hasHops = trees.some(({ children }) => children.length > 0);
  return document([
    markdown(parts.slice(0, 1)),
    ...(hasHops ? [fenced(flowchart(trees, plannedLabel), 'mermaid')] : []),
    markdown(parts.slice(1)),
  ]);
}

/** The same text with every account id hidden. */
export function withoutAccountIds(text: string): string {
  return text.replace(accountIdsWithin, '***');
}

/** Hops whose session policies and tags nearly fill what AWS allows. */
export function packedWarnings(walked: readonly ReachedTarget[]): readonly string[] {
  const texts = walked.flatMap(({ target, sessions }) =>
    sessions.flatMap(({ packedPolicySize = 0 }, index) =>
      packedPolicySize < closeToFull
        ? []
        : [
            `${hopPlace(index, [target])}: session policies and tags use ${packedPolicySize} % of what AWS allows; a longer branch name or one more tag may be refused.`,
          ],
    ),
  );
  return [...new Set(texts)];
}

function document(blocks: readonly string[]): string {
  const text = `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
  return text.length <= longest ? text : `### AWS credentials\n\nToo long for a job summary; the log has it all.\n`;
}

function identityLine({ target, identity, credentials, isKept }: ReachedTarget): string {
  const who = target.name === undefined ? 'You are' : `- ${codeSpan(target.name)}:`;
  const until = credentials.expiration === undefined ? '' : ` until ${timeText(credentials.expiration)}`;
  return `${who} ${codeSpan(identityText(identity))}${until}${isKept ? ', which was there already and was kept' : ''}.`;
}

/** The last column is left out where no hop has anything to pack. */
function hopTable(rows: readonly (readonly string[])[]): string {
  const isPacked = rows.some((cells) => cells.at(-1) !== '');
  return isPacked
    ? table([...columns, 'Packed size'], rows)
    : table(
        columns,
        rows.map((cells) => cells.slice(0, -1)),
      );
}

function row(session: AssumedRole, depth: number, targets: readonly Target[]): readonly string[] {
  const { role, identity, durationSeconds, credentials, packedPolicySize } = session;
  const names = targets.flatMap(({ name }) => (name === undefined ? [] : [codeSpan(name)]));
  return [
    [`${depth + 1}`, ...names].join(' '),
    identity.accountId,
    codeSpan(`${role.path.slice(1)}${role.name}`),
    codeSpan(identity.roleSessionName),
    durationText(durationSeconds),
    timeText(credentials.expiration),
    packedPolicySize === undefined ? '' : `${packedPolicySize} %`,
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html */
function switchRoleLink({ target, sessions, isKept }: ReachedTarget): readonly string[] {
  const role = sessions.at(-1)?.role;
  const host = role && partitionOf(role.partition)?.signIn;
  if (role === undefined || isKept || !host) {
    return [];
  }
  const address = new URL(`https://${host}/switchrole`);
  const roleName = `${role.path.slice(1)}${role.name}`;
  const displayName = `${target.name ?? role.name} @ ${role.accountId}`.slice(0, 64);
  address.search = new URLSearchParams({ account: role.accountId, roleName, displayName }).toString();
  return [`- ${link(`Switch to ${roleName} in account ${role.accountId}`, address)} (AWS console)`];
}

function nodesOf(nodes: readonly HopNode[], depth: number): readonly { node: HopNode; depth: number }[] {
  return nodes.flatMap((node) => [{ node, depth }, ...nodesOf(node.children, depth + 1)]);
}

/** The session of a node: that of any target behind it, at the node's own depth. */
function sessionsOf(walked: readonly Pick<ReachedTarget, 'target' | 'sessions'>[]): SessionOf {
  const byTarget = new Map(walked.map((one) => [one.target, one.sessions]));
  return (node, depth) => targetsOf(node).flatMap((target) => byTarget.get(target)?.[depth] ?? [])[0];
}

function madeLabel(sessionOf: SessionOf): (node: HopNode, depth: number) => HopLabel {
  return (node, depth) => ({ ...plannedLabel(node), ...secondsOf(sessionOf(node, depth)), state: 'made' });
}

function stoppedLabel(stops: readonly FailedTarget[]): (node: HopNode, depth: number) => HopLabel {
  const sessionOf = sessionsOf(stops);
  return (node, depth) => {
    const session = sessionOf(node, depth);
    const behind = targetsOf(node);
    const isHere = stops.some(({ target, hop, sessions }) => {
      return hop !== undefined && sessions.length === depth && behind.includes(target);
    });
    const state = session === undefined ? (isHere ? 'failed' : 'unreached') : 'made';
    return { ...plannedLabel(node), ...secondsOf(session), state };
  };
}

function plannedLabel({ hop: { durationSeconds } }: HopNode): HopLabel {
  return { state: 'planned', ...(durationSeconds !== 'max' && { seconds: durationSeconds }) };
}

function secondsOf(session: AssumedRole | undefined): Partial<HopLabel> {
  return session === undefined ? {} : { seconds: session.durationSeconds };
}

import type { AssumedRole } from '../chain/assumed-role.js';
import { type HopNode, hopTrees, targetsOf } from '../chain/hop-tree.js';
import type { ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import { identityText } from '../identifiers/arn.js';
import { partitionOf } from '../identifiers/partition.js';
import { timeText } from '../identifiers/timestamp.js';
import { shortList } from '../input/short-list.js';
import { codeSpan, escapeText, folded, headingText, link, table } from '../rendering/markdown.js';
import { durationText } from '../session-limits/duration-limits.js';
import { withoutAccountIds } from './hide-account-ids.js';
import { fitting, tokenWarnings } from './summary.js';
import { mostPictured, reachedPicture, type SessionOf, sessionsOf } from './walk-flowcharts.js';

/** Maximum targets whose table is not collapsed. */
const mostUnfolded = 10;

/** Maximum names that one line or cell lists. */
const mostNames = 5;

/** The job summary of walked chains: a flowchart, a table, and a console link for each last role. */
export function reachedSummary(
  reached: readonly ReachedTarget[],
  { masksAccountIds, runId }: { readonly masksAccountIds: boolean; readonly runId?: string },
): string {
  const walked = reached.filter(({ isKept, sessions }) => !isKept && sessions.length > 0);
  const blocks = (hasLinks: boolean) => [
    headingText('AWS credentials'),
    identityLines(reached),
    ...(walked.length > mostPictured ? manyTargets(walked, hasLinks) : fewTargets(walked, hasLinks)),
    cloudTrailLine(walked, runId),
    ...tokenWarnings(reached).map((warning) => `⚠️ ${escapeText(warning)}`),
  ];
  const text = fitting([
    ...(masksAccountIds ? [] : [() => blocks(true)]),
    () => blocks(false),
    () => [headingText('AWS credentials'), `${reached.length} targets. The log names each of them.`],
  ]);
  return masksAccountIds ? withoutAccountIds(text) : text;
}

/**
 * Says how to find this job's calls in CloudTrail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function cloudTrailLine(walked: readonly ReachedTarget[], runId: string | undefined): string {
  const names = [...new Set(walked.map(({ identity }) => `${identity.name}/${identity.roleSessionName}`))];
  if (names.length === 0) {
    return '';
  }
  const run = runId ? `, and the calls of this step with ${codeSpan(`run_id#${runId}`)} in userAgent` : '';
  return `CloudTrail shows ${shortList(names.map(codeSpan), mostNames)} in userIdentity.arn${run}.`;
}

/** The lines with the resulting identities: of the only target, else of the targets without a row in the table. */
function identityLines(reached: readonly ReachedTarget[]): string {
  const lines = reached.flatMap(({ target, identity, credentials, isKept, sessions }) => {
    if (reached.length > 1 && !isKept && sessions.length > 0) {
      return [];
    }
    const who = target.name === undefined ? 'You are' : `${codeSpan(target.name)}:`;
    const until = credentials.expiration === undefined ? '' : ` until ${timeText(credentials.expiration)}`;
    const name =
      isKept || sessions.length === 0 ? identityText(identity) : `${identity.name}/${identity.roleSessionName}`;
    return [`${who} ${codeSpan(name)}${until}${isKept ? ', which existed already and was kept' : ''}.`];
  });
  return lines.map((line) => (lines.length > 1 ? `- ${line}` : line)).join('\n');
}

function fewTargets(walked: readonly ReachedTarget[], hasLinks: boolean): readonly string[] {
  const rows = hopRows(walked, sessionsOf(walked));
  const links = hasLinks ? walked.flatMap((one) => consoleLink(one) ?? []) : [];
  const blocks = [
    ...(rows.length === 0 ? [] : [hopTable(rows)]),
    ...(links.length === 0 ? [] : [`Open in the AWS console: ${links.join(' · ')}`]),
  ];
  const isLong = walked.length > mostUnfolded;
  return [
    ...(walked.length === 0 ? [] : reachedPicture(walked)),
    ...(isLong ? [folded(`${walked.length} targets`, blocks.join('\n\n'))] : blocks),
  ];
}

/**
 * The blocks for more targets than a flowchart can show: a table of the shared hops, then collapsed tables of the last
 * hops, one for each group that differs in nothing but the account.
 */
function manyTargets(walked: readonly ReachedTarget[], hasLinks: boolean): readonly string[] {
  const isShared = (node: HopNode) => node.children.length > 0;
  const shared = hopRows(walked, sessionsOf(walked), isShared);
  const groups = new Map<string, readonly ReachedTarget[]>();
  for (const one of walked) {
    const { role, identity, durationSeconds } = one.sessions.at(-1) as AssumedRole;
    const title = `${role.path.slice(1)}${role.name}, session ${identity.roleSessionName}, ${durationText(durationSeconds)}`;
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  return [
    `${walked.length} targets. The flowchart is omitted for more than ${mostPictured}.`,
    ...(shared.length === 0 ? [] : [headingText('Shared hops', 2), hopTable(shared)]),
    headingText('Last hops', 2),
    ...[...groups].map(([title, targets]) =>
      folded(
        `${targets.length} ${targets.length === 1 ? 'target' : 'targets'}: ${title}`,
        table(
          ['Target', 'Account', 'Expires'],
          targets.map((one) => [
            (hasLinks ? consoleLink(one) : undefined) ?? codeSpan(one.target.name ?? ''),
            one.identity.accountId,
            one.credentials.expiration === undefined ? '' : timeText(one.credentials.expiration),
          ]),
        ),
      ),
    ),
  ];
}

function hopRows(
  walked: readonly ReachedTarget[],
  sessionOf: SessionOf,
  isWanted: (node: HopNode) => boolean = () => true,
): readonly (readonly string[])[] {
  const rowsOf = (nodes: readonly HopNode[], depth: number): readonly (readonly string[])[] =>
    nodes.flatMap((node) => {
      const session = sessionOf(node, depth);
      return [
        ...(session === undefined || !isWanted(node) ? [] : [row(session, depth, targetsOf(node))]),
        ...rowsOf(node.children, depth + 1),
      ];
    });
  return hopTrees(walked.map(({ target }) => target)).flatMap(({ children }) => rowsOf(children, 0));
}

const columns = ['Hop', 'Account', 'Role', 'Session name', 'Duration', 'Expires'];

/** The table of hops, without its last column if STS did not return the size of any session token. */
function hopTable(rows: readonly (readonly string[])[]): string {
  return rows.some((cells) => cells.at(-1) !== '')
    ? table([...columns, 'Session token'], rows)
    : table(
        columns,
        rows.map((cells) => cells.slice(0, -1)),
      );
}

function row(session: AssumedRole, depth: number, targets: readonly Target[]): readonly string[] {
  const { role, identity, durationSeconds, credentials, tokenSize } = session;
  const names = targets.flatMap(({ name }) => (name === undefined ? [] : [codeSpan(name)]));
  return [
    [`${depth + 1}`, ...(names.length > mostNames ? [`(${names.length} targets)`] : names)].join(' '),
    identity.accountId,
    codeSpan(`${role.path.slice(1)}${role.name}`),
    codeSpan(identity.roleSessionName),
    durationText(durationSeconds),
    timeText(credentials.expiration),
    tokenSize === undefined ? '' : `${tokenSize.utilization} %`,
  ];
}

/** Maximum characters of a display name in the console. */
const longestName = 64;

/**
 * A link that switches to a target's role in the AWS console.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html
 */
function consoleLink({ target, sessions }: ReachedTarget): string | undefined {
  const role = sessions.at(-1)?.role;
  const host = role && partitionOf(role.partition)?.signIn;
  if (role === undefined || !host || role.accountId === '') {
    return undefined;
  }
  const roleName = `${role.path.slice(1)}${role.name}`;
  const displayName = (target.name ?? `${role.name} @ ${role.accountId}`).slice(0, longestName);
  const address = new URL(`https://${host}/switchrole`);
  address.search = new URLSearchParams({ account: role.accountId, roleName, displayName }).toString();
  return link(target.name ?? roleName, address);
}

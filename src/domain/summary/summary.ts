import { hopPlace } from '../chain/log-lines.js';
import type { FailedTarget, ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import { accountIdsWithin } from '../iam/arn.js';
import { markdown } from '../rendering/markdown.js';
import { type Part, paragraph } from '../rendering/parts.js';
import { failedPicture, plannedPicture } from './walk-flowcharts.js';

/** Percent of the largest session token from which a hop is close to being refused. */
const closeToFull = 80;

/** Bytes of a summary. GitHub drops one of more than 1024 KiB, and a longer one is unreadable. */
const longest = 250_000;

/** A failed step, for the job summary; if a hop failed, with the picture of how far the walk came. */
export function failedSummary(parts: readonly Part[], failed: readonly FailedTarget[]): string {
  return documentOf(parts, failedPicture(failed));
}

/** A plan, for the job summary. */
export function dryRunSummary(parts: readonly Part[], targets: readonly Target[]): string {
  return documentOf(parts, plannedPicture(targets));
}

/** The same text with every account id hidden. */
export function withoutAccountIds(text: string): string {
  return text.replace(accountIdsWithin, '***');
}

/** Hops whose session token is nearly full; hops that are equally full in one line. */
export function tokenWarnings(reached: readonly ReachedTarget[]): readonly string[] {
  const groups = new Map<string, Target[]>();
  for (const { target, sessions } of reached) {
    for (const [index, { tokenSize }] of sessions.entries()) {
      const key = `${index} ${tokenSize?.utilization ?? 0}`;
      if ((tokenSize?.utilization ?? 0) >= closeToFull) {
        groups.set(key, [...(groups.get(key) ?? []), target]);
      }
    }
  }
  return [...groups].map(([key, targets]) => {
    const [index, percent] = key.split(' ');
    return `${hopPlace(Number(index), targets)}: the session token is ${percent} % full. Session policies and tags, inherited tags too, share this one budget; a longer branch name or one more tag may be refused.`;
  });
}

/** The first of several versions of a summary that is short enough; the last one always is. */
export function fitting(versions: readonly (() => readonly string[])[]): string {
  let text = '';
  for (const version of versions) {
    text = `${version()
      .filter((block) => block !== '')
      .join('\n\n')}\n`;
    if (Buffer.byteLength(text) <= longest) {
      break;
    }
  }
  return text;
}

/** The title, the flowchart and the rest, shortened at the end if it is too long. */
function documentOf(parts: readonly Part[], picture: readonly string[]): string {
  const whole = [markdown(parts.slice(0, 1)), ...picture, markdown(parts.slice(1))];
  return fitting([() => whole, () => [markdown([...beginningOf(parts), paragraph('The log has the rest.')])]]);
}

function beginningOf(parts: readonly Part[]): readonly Part[] {
  let bytes = 0;
  return parts.filter((part) => {
    bytes += Buffer.byteLength(markdown([part])) + 2;
    return bytes < longest - 100;
  });
}

import { hopPlace } from '../chain/log-lines.js';
import type { FailedTarget, ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import { markdown } from '../rendering/markdown.js';
import { type Part, paragraph } from '../rendering/parts.js';
import { failedPicture, plannedPicture } from './walk-flowcharts.js';

/** The size of a session token, in percent of the maximum, from which a warning is shown. */
const closeToFull = 80;

/** Maximum bytes of a job summary. A longer one is hard to read; GitHub drops one of more than 1024 KiB. */
const longest = 250_000;

/** The job summary of a failed step; if a hop failed, with a flowchart of how far the walk came. */
export function failedSummary(parts: readonly Part[], failed: readonly FailedTarget[]): string {
  return documentOf(parts, failedPicture(failed));
}

/** The job summary of a dry run. */
export function dryRunSummary(parts: readonly Part[], targets: readonly Target[]): string {
  return documentOf(parts, plannedPicture(targets));
}

/** The warnings about session tokens that are nearly full: one for all equal hops with the same size. */
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
    return `${hopPlace(Number(index), targets)}: the session token is ${percent} % full. Session policies and tags, inherited tags too, share this limit. With a longer branch name or one more tag, AWS may refuse the call.`;
  });
}

/** Returns the first version of a summary that is short enough; the last version must be. */
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

/** The title, the flowchart and the rest of a summary; without the flowchart and cut at the end if it is too long. */
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

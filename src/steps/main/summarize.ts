import type { Environment } from '../../domain/input/environment.js';
import { messageOf } from '../../domain/input/error-message.js';
import type { LogSettings } from '../../domain/request/settings.js';
import { withoutAccountIds } from '../../domain/summary/hide-account-ids.js';
import { addSummary } from '../../github/apply.js';
import { log } from '../../github/report.js';

export { failedSummary } from '../../domain/summary/summary.js';

/**
 * Appends Markdown to the job summary, unless `job-summary` is false. A write error is logged, and does not fail the
 * step.
 */
export function summarize(markdown: string, logSettings: LogSettings, environment: Environment): void {
  if (!logSettings.writesSummary) {
    return;
  }
  try {
    addSummary(logSettings.masksAccountIds ? withoutAccountIds(markdown) : markdown, environment);
  } catch (error) {
    log(`The job summary could not be written. ${messageOf(error)}`);
  }
}

import type { Environment } from '../../domain/input/environment.js';
import { messageOf } from '../../domain/input/error-message.js';
import type { LogSettings } from '../../domain/request/settings.js';
import { withoutAccountIds } from '../../domain/summary/summary.js';
import { addSummary } from '../../github/apply.js';
import { log } from '../../github/report.js';

export { failedSummary } from '../../domain/summary/summary.js';

/** Appends to the job summary. A write error does not fail the step. */
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

import type { ReachedTarget } from '../../domain/chain/outcome.js';
import { ownIdentityLine } from '../../domain/handover/own-identity.js';
import { identityText } from '../../domain/identifiers/arn.js';
import type { Environment } from '../../domain/input/environment.js';
import type { Request } from '../../domain/request/request.js';
import { reachedSummary } from '../../domain/summary/reached-summary.js';
import { tokenWarnings } from '../../domain/summary/summary.js';
import { log, warn } from '../../github/report.js';

/* What a step does once its chain was walked. It is loaded while AWS STS answers. */

/** Logs the resulting identity of each target, and warns about session tokens that are nearly full. */
export function logIdentities(walked: readonly ReachedTarget[], { handover }: Request): void {
  for (const text of tokenWarnings(walked)) {
    warn(text);
  }
  for (const one of walked) {
    const { target, identity } = one;
    log(`${target.name === undefined ? 'You are' : `${target.name}:`} ${identityText(identity)}`);
    const line = ownIdentityLine(handover, one);
    if (line !== undefined) {
      log(line);
    }
  }
}

/** The job summary of a walk. */
export function walkSummary(
  reached: readonly ReachedTarget[],
  { masksAccountIds }: Request,
  { GITHUB_RUN_ID: runId }: Environment,
): string {
  return reachedSummary(reached, { masksAccountIds, ...(runId !== undefined && { runId }) });
}

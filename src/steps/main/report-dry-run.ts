import type { Environment } from '../../domain/input/environment.js';
import { plainText } from '../../domain/rendering/parts.js';
import type { Request } from '../../domain/request/request.js';
import { dryRunParts } from '../../domain/summary/dry-run.js';
import { dryRunSummary } from '../../domain/summary/summary.js';
import { log } from '../../github/report.js';
import { setMatrix } from './set-matrix.js';

/** Reports a dry run: logs what the step would do, and sets the output `matrix`. Returns the job summary. */
export function reportDryRun(request: Request, environment: Environment): string {
  const parts = dryRunParts(request, environment);
  log(plainText(parts));
  setMatrix(request, environment);
  return dryRunSummary(parts, request.targets);
}

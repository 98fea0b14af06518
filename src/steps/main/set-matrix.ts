import { jobMatrix } from '../../domain/handover/job-matrix.js';
import type { Environment } from '../../domain/input/environment.js';
import type { Request } from '../../domain/request/request.js';
import { apply } from '../../github/apply.js';
import { log, warn } from '../../github/report.js';

/** Sets the output `matrix` of a dry run, with one entry for each named target; warns if there are too many. */
export function setMatrix({ targets, masksAccountIds }: Request, environment: Environment): void {
  const matrix = jobMatrix(targets, masksAccountIds);
  switch (matrix?.kind) {
    case 'matrix':
      apply({ environment: {}, outputs: { matrix: matrix.text } }, environment);
      log(`The output matrix has ${matrix.entries === 1 ? 'one entry' : `${matrix.entries} entries`}.`);
      return;
    case 'too-many':
      warn(matrix.warning);
  }
}

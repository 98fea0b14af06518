import type { CallFailure } from '../calls/call-failure.js';
import { actionFailures } from './failures/action.js';
import { authenticationFailures } from './failures/authentication.js';
import { authorizationFailures } from './failures/authorization.js';
import type { FailureRow } from './failures/failure-row.js';
import { federationFailures } from './failures/federation.js';
import { networkFailures } from './failures/network.js';
import { proxyFailures } from './failures/proxy.js';
import { requestFailures } from './failures/request.js';
import { serviceFailures } from './failures/service.js';
import { tokenServiceFailures } from './failures/token-service.js';

/** Every failure with an explanation. The first row that matches a failure explains it. */
export const failureRows: readonly FailureRow[] = [
  ...authorizationFailures,
  ...federationFailures,
  ...authenticationFailures,
  ...requestFailures,
  ...proxyFailures,
  ...tokenServiceFailures,
  ...serviceFailures,
  ...networkFailures,
  ...actionFailures,
];

/** The row for a code that no other row matches: it names no cause. */
export const unknownFailure: FailureRow = {
  title: 'The call failed',
  codes: [],
  causes: ['This action has no explanation for this code. The message above is all that is known.'],
  fixes: [
    'Look up the code in the common errors of AWS STS, or in those of Node.js if it begins with E.',
    'If the job fails again, contact AWS Support with the request ID.',
  ],
};

type Named = Pick<CallFailure, 'code' | 'shape' | 'message' | 'operation'>;

/** The row that explains a failure. */
export function matchFailure(failure: Named): FailureRow {
  return failureRows.find((row) => matches(row, failure)) ?? unknownFailure;
}

function matches({ codes, says, operations }: FailureRow, { code, shape, message, operation }: Named): boolean {
  const isNamed = codes.some((known) => isCode(known, code) || (shape !== undefined && isCode(known, shape)));
  return (
    isNamed &&
    (says === undefined || says.some((words) => message.toLowerCase().includes(words.toLowerCase()))) &&
    (operations === undefined || operations.includes(operation))
  );
}

function isCode(known: string, code: string): boolean {
  return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : known === code;
}

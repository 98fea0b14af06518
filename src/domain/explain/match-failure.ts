import type { CallFailure } from '../chain/call-failure.js';
import { actionFailures } from './failures/action.js';
import { authenticationFailures } from './failures/authentication.js';
import { authorizationFailures } from './failures/authorization.js';
import { federationFailures } from './failures/federation.js';
import { networkFailures } from './failures/network.js';
import { requestFailures } from './failures/request.js';
import type { FailureRow } from './failures/row.js';
import { serviceFailures } from './failures/service.js';

/** Every failure with an explanation. The first row that matches a failure explains it. */
export const failureRows: readonly FailureRow[] = [
  ...authorizationFailures,
  ...federationFailures,
  ...authenticationFailures,
  ...requestFailures,
  ...serviceFailures,
  ...networkFailures,
  ...actionFailures,
];

/** For a code that no row knows: nothing is guessed. */
export const unknownFailure: FailureRow = {
  title: 'The call failed',
  codes: [],
  causes: ['This action has no explanation for this code; the words above are all that is known.'],
  fixes: [
    'Look the code up in the common errors of AWS STS, or of Node.js for a code that begins with E.',
    'If it stays, ask AWS Support with the request ID.',
  ],
};

/** The row that explains a failure. */
export function matchFailure(failure: Pick<CallFailure, 'code' | 'shape' | 'message' | 'operation'>): FailureRow {
  return failureRows.find((row) => matches(row, failure)) ?? unknownFailure;
}

function matches(
  { codes, says, operations }: FailureRow,
  { code, shape, message, operation }: Pick<CallFailure, 'code' | 'shape' | 'message' | 'operation'>,
): boolean {
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

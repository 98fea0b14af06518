import { expect } from 'vitest';
import { InvalidRequest, type Problem } from '../../src/domain/input/problem.js';
import { readRequest } from '../../src/domain/request/read-request.js';
import type { RequestSources } from '../../src/domain/request/request-sources.js';

/** The variables of a job that can request an ID token. */
export const tokenVariables = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
} as const;

/** The problems of a request; none if it can be read. The job can request an ID token unless variables are given. */
export function problemsOf(inputs: RequestSources['inputs'], others: Partial<RequestSources> = {}): readonly Problem[] {
  try {
    readRequest({ environment: tokenVariables, ...others, inputs });
    return [];
  } catch (error) {
    if (error instanceof InvalidRequest) {
      return error.problems;
    }
    throw error;
  }
}

/** Checks that a request cannot be read, and that its problems say each text: where, what is wrong, how to fix it. */
export function expectRefused(
  inputs: RequestSources['inputs'],
  texts: readonly (string | RegExp)[],
  others?: Partial<RequestSources>,
): void {
  const found = problemsOf(inputs, others).map(({ where, what, fix }) => `${where}: ${what}.\n${fix}`);
  expect(found).not.toEqual([]);
  for (const text of texts) {
    expect(found.join('\n')).toEqual(
      typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    );
  }
}

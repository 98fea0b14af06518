import type { RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CallFailed, type CallFailure } from '../../src/domain/calls/call-failure.js';
import { openConnections } from '../../src/net/connections.js';
import { getIdToken } from '../../src/net/request-id-token.js';
import { serve } from '../support/servers.js';

const requestToken = ['request', 'token', 'of', 'the', 'job'].join('-');
const idToken = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJ4In0', 'c2ln'].join('.');

async function ask(url: string, { signal = new AbortController().signal, audience = 'sts.amazonaws.com' } = {}) {
  const connections = openConnections({ exceptions: [] });
  onTestFinished(() => connections.close());
  return getIdToken({ requestUrl: url, requestToken, audience, connections, signal, attempt: 3 });
}

async function failureOf(call: Promise<unknown>): Promise<CallFailure & { readonly all: string }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallFailed)) {
    throw new Error(`not a CallFailed: ${String(error)}`);
  }
  const all = [error.message, error.stack, JSON.stringify(error.failure), JSON.stringify(error), String(error.cause)];
  return { ...error.failure, all: all.join('\n') };
}

it('requests the audience with the job’s own token, and keeps the query of the URL', async () => {
  const server = await serve((_, response) => response.end(JSON.stringify({ value: idToken, count: 1 })));
  const token = await ask(`${server.url}/token?api-version=2.0&audience=other`, { audience: 'a b&c=d' });
  expect(token).toBe(idToken);
  const [request] = server.requests;
  const url = new URL(request?.url ?? '', server.url);
  expect(url.pathname).toBe('/token');
  expect([...url.searchParams]).toEqual([
    ['api-version', '2.0'],
    ['audience', 'a b&c=d'],
  ]);
  expect(request?.headers.authorization).toBe(`Bearer ${requestToken}`);
});

it('reads a token that arrives in pieces', async () => {
  const body = JSON.stringify({ value: idToken, note: 'ä'.repeat(50) });
  const server = await serve((_, response) => {
    for (const byte of Buffer.from(body)) {
      response.write(Buffer.of(byte));
    }
    response.end();
  });
  expect(await ask(server.url)).toBe(idToken);
});

describe('an answer without a token is reported, and never shown', () => {
  const secretBody = JSON.stringify({ message: `denied for ${requestToken}`, value: idToken });
  it.each<[string, number, string, string]>([
    ['bad JSON', 200, `{"value": "${idToken}`, 'NoTokenInAnswer'],
    ['an empty body', 200, '', 'NoTokenInAnswer'],
    ['null', 200, 'null', 'NoTokenInAnswer'],
    ['a list', 200, `["${idToken}"]`, 'NoTokenInAnswer'],
    ['no value', 200, `{"token":"${idToken}"}`, 'NoTokenInAnswer'],
    ['an empty value', 200, '{"value":""}', 'NoTokenInAnswer'],
    ['a value that is not a string', 200, '{"value":{"a":1}}', 'NoTokenInAnswer'],
    ['a page of HTML', 200, '<html>', 'NoTokenInAnswer'],
    ['401', 401, secretBody, 'RequestTokenRefused'],
    ['403', 403, secretBody, 'RequestTokenRefused'],
    ['404', 404, secretBody, 'HTTP 404'],
    ['429', 429, secretBody, 'HTTP 429'],
    ['500', 500, secretBody, 'HTTP 500'],
    ['503', 503, secretBody, 'HTTP 503'],
    ['a redirect, which is not followed', 302, secretBody, 'HTTP 302'],
    ['another success', 204, '', 'HTTP 204'],
  ])('%s', async (_, status, body, code) => {
    const server = await serve((__, response) => {
      response.writeHead(status, { location: '/elsewhere' });
      response.end(body);
    });
    const failure = await failureOf(ask(server.url));
    expect(failure).toMatchObject({ operation: 'GetIdToken', code, status, attempts: 3 });
    expect(failure.all).not.toContain(requestToken);
    expect(failure.all).not.toContain(idToken);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a broken connection is reported with its code', () => {
  it.each<[string, RequestListener, string]>([
    ['reset before the answer', (request) => request.socket.resetAndDestroy(), 'ECONNRESET'],
    ['closed before the answer', (request) => request.socket.destroy(), 'ECONNRESET'],
    [
      'reset within the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write(`{"value": "${idToken}`, () => request.socket.resetAndDestroy());
      },
      'ECONNRESET',
    ],
    ['no HTTP', (request) => request.socket.end('SSH-2.0-server\r\n'), 'HPE_INVALID_CONSTANT'],
  ])('%s', async (_, answer, code) => {
    const failure = await failureOf(ask((await serve(answer)).url));
    expect(failure).toMatchObject({ code, attempts: 3 });
    expect(failure.all).not.toContain(requestToken);
    expect(failure.all).not.toContain(idToken);
  });

  it('nothing listens', async () => {
    const failure = await failureOf(ask('http://127.0.0.1:1/token'));
    expect(failure.code).toBe('ECONNREFUSED');
  });
});

describe("the step's deadline ends a call at once", () => {
  const begun: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('{"value": "');
  };
  it.each<[string, RequestListener]>([
    ['there is no answer', () => undefined],
    ['an answer begins and stalls', begun],
  ])('%s', async (_, answer) => {
    const server = await serve(answer);
    const deadline = new AbortController();
    const call = failureOf(ask(server.url, { signal: deadline.signal }));
    await expect.poll(() => server.requests.length, { timeout: 15_000 }).toBe(1);
    deadline.abort();
    expect(await call).toMatchObject({ code: 'DeadlineExceeded', message: 'the deadline of the step passed' });
  });

  it('also one that passed before', async () => {
    const server = await serve((_, response) => response.end());
    expect((await failureOf(ask(server.url, { signal: AbortSignal.abort() }))).code).toBe('DeadlineExceeded');
    expect(server.requests).toEqual([]);
  });
});

it('a service that stalls without a deadline times out, and may be retried', async () => {
  const server = await serve(() => undefined);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const failure = failureOf(ask(server.url));
  while (server.requests.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  vi.advanceTimersByTime(10_000);
  expect(await failure).toMatchObject({ code: 'TimeoutError', message: 'no complete answer within 10 s' });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { WalkRequest } from '../../../src/domain/chain/walk-request.js';
import { openConnections } from '../../../src/net/connections.js';
import { tokenSource } from '../../../src/steps/walk/token-source.js';
import { serve } from '../../support/servers.js';

/** A token service whose tokens live this many seconds, and a source of its tokens. */
async function openSource(seconds: number) {
  let issued = 0;
  const { url, requests } = await serve((_, response) => {
    issued += 1;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'repo:o/r:ref:refs/heads/main', iat: 1_000, exp: 1_000 + seconds, jti: issued };
    response.end(JSON.stringify({ value: `${part({ alg: 'none' })}.${part(claims)}.${part({ issued })}` }));
  });
  const proxy = { exceptions: [] };
  const connections = openConnections(proxy);
  onTestFinished(() => connections.close());
  const request = { targets: [], proxy, retry: { attempts: 1, includesFreshRoles: false } } as unknown as WalkRequest;
  const progress = { mask: () => {}, info: () => {}, warn: () => {}, debug: () => {} };
  const context = { environment: {}, progress, signal: new AbortController().signal, onLongAnswer: () => {} };
  const base = { kind: 'oidc', requestUrl: `${url}/?a=b`, requestToken: 'bearer', audience: 'x' } as const;
  const source = tokenSource(connections, request, context);
  return { token: (refused?: string) => source(base, refused), requests };
}

it('one token is shared by the whole walk, even for concurrent calls', async () => {
  const { token, requests } = await openSource(300);
  const tokens = await Promise.all([token(), token(), token()]);
  expect(new Set([...tokens, await token()]).size).toBe(1);
  expect(requests).toHaveLength(1);
});

it('a rejected token is replaced once for all calls that used it', async () => {
  const { token, requests } = await openSource(300);
  const first = await token();
  const again = await Promise.all([token(first), token(first), token()]);
  expect(again.filter((one) => one === first).length).toBeLessThan(2);
  expect(await token(first)).toBe(await token());
  expect(requests).toHaveLength(2);
});

it("a token near its end is replaced, by its own times and not by this machine's clock", async () => {
  const { token, requests } = await openSource(0.1);
  const first = await token();
  await sleep(100);
  expect(await token()).not.toBe(first);
  expect(requests).toHaveLength(2);
});

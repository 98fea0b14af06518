import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../session/clock.js';
import { issueCredentials } from '../session/issue-credentials.js';
import { createSessions } from '../session/sessions.js';
import type { StsState } from '../sts/operation.js';
import { githubIssuer, jobClaims } from '../tokens/job-claims.js';
import { createSigningKey } from '../tokens/signing-key.js';
import { parseWorld } from '../world/parse-world.js';
import { createContainerEndpoint } from './container-endpoint.js';
import type { Emulator, EmulatorOptions } from './emulator.js';
import { environmentsOf } from './environments.js';
import { createFaults } from './faults.js';
import { createIdTokenEndpoint } from './id-token-endpoint.js';
import { createInstanceEndpoint } from './instance-endpoint.js';
import { createRateLimit } from './rate-limit.js';
import type { RecordedRequest } from './record-request.js';
import { serve } from './serve.js';

const loopback = '127.0.0.1';

/** Starts STS, ID-token endpoint and machine credentials of a world on 127.0.0.1. Throws if the world is not valid. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const notes: string[] = [];
  const state = createState(options, notes);
  const { world, clock } = state;
  const tokens = {
    idToken: world.job?.requestToken ?? randomBytes(32).toString('hex'),
    container: world.container?.authorizationToken ?? randomBytes(32).toString('hex'),
  };
  const requests: RecordedRequest[] = [];
  const faults = createFaults();
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.listen(options.port ?? 0, loopback);
  await once(server, 'listening');
  const url = `http://${loopback}:${(server.address() as AddressInfo).port}`;
  const emulator: Emulator = {
    url,
    issuer: world.job?.issuer ?? githubIssuer,
    ...environmentsOf(url, world, tokens),
    clock,
    world,
    requests,
    notes,
    faults,
    idToken: (overrides) =>
      state.signingKey.sign(jobClaims(world.job ?? {}, clock.now(), { audience: 'sts.amazonaws.com', overrides })),
    issue: (arn, issueOptions) => issueCredentials(state, arn, issueOptions),
    close: () => closeServer(server),
  };
  const endpoints = [
    createIdTokenEndpoint(state, tokens.idToken),
    createInstanceEndpoint(state),
    createContainerEndpoint(state, tokens.container),
  ];
  const rateLimit = createRateLimit(() => world.rate, clock.now);
  serve(server, emulator, { state, faults, requests, rateLimit, latencyMs: options.latencyMs ?? 0, endpoints });
  return emulator;
}

function createState(options: EmulatorOptions, notes: string[]): StsState {
  return {
    world: parseWorld(structuredClone(options.world)),
    clock: createClock(options.now ?? Date.now),
    sessions: createSessions(options.alphanumericSecretsAfter),
    signingKey: createSigningKey(),
    note(text) {
      if (notes.includes(text)) {
        return;
      }
      notes.push(text);
      options.onNote?.(text);
    },
  };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

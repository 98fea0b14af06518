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
import type { Emulator, EmulatorOptions } from './emulator.js';
import { createFaults } from './faults.js';
import { createIdTokenEndpoint, idTokenPath } from './id-token.js';
import { containerPath, createContainerEndpoint, createInstanceEndpoint } from './machine-credentials.js';
import { createRateLimit } from './rate-limit.js';
import type { RecordedRequest } from './requests.js';
import { serve } from './serve.js';

export type { Emulator, EmulatorOptions } from './emulator.js';

const loopback = '127.0.0.1';

/**
 * Starts STS, the ID-token endpoint and the machine credentials of a world on 127.0.0.1. Throws if the world is not
 * valid.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const notes: string[] = [];
  const state = createState(options, notes);
  const requestToken = state.world.job?.requestToken ?? randomBytes(32).toString('hex');
  const containerToken = state.world.container?.authorizationToken ?? randomBytes(32).toString('hex');
  const requests: RecordedRequest[] = [];
  const faults = createFaults();
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.listen(options.port ?? 0, loopback);
  await once(server, 'listening');
  const url = `http://${loopback}:${(server.address() as AddressInfo).port}`;
  const emulator: Emulator = {
    url,
    issuer: state.world.job?.issuer ?? githubIssuer,
    ...environments(url, state, requestToken, containerToken),
    clock: state.clock,
    world: state.world,
    requests,
    notes,
    faults,
    idToken: (claims) =>
      state.signingKey.sign(jobClaims(state.world.job ?? {}, state.clock.now(), 'sts.amazonaws.com', claims)),
    issue: (arn, issueOptions) => issueCredentials(state, arn, issueOptions),
    close: () => closeServer(server),
  };
  const idToken = createIdTokenEndpoint(state, requestToken);
  const machines = [createInstanceEndpoint(state), createContainerEndpoint(state, containerToken)];
  const rateLimit = createRateLimit(() => state.world.rate, state.clock.now);
  const latencyMs = options.latencyMs ?? 0;
  serve(server, emulator, { state, faults, requests, rateLimit, latencyMs, idToken, machines });
  return emulator;
}

function createState(options: EmulatorOptions, notes: string[]): StsState {
  return {
    world: parseWorld(structuredClone(options.world)),
    clock: createClock(options.now ?? Date.now),
    sessions: createSessions(options.plainSecretsAfter),
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

type Environments = Pick<Emulator, 'environment' | 'instanceEnvironment' | 'containerEnvironment'>;

function environments(url: string, { world }: StsState, requestToken: string, containerToken: string): Environments {
  const container = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url + containerPath,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
  };
  return {
    environment: {
      AWS_ENDPOINT_URL_STS: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${idTokenPath}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    instanceEnvironment: world.instance === undefined ? {} : { AWS_EC2_METADATA_SERVICE_ENDPOINT: url },
    containerEnvironment: world.container === undefined ? {} : container,
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

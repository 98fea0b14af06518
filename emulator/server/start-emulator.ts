import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createClock } from '../session/clock.js';
import { issueCredentials } from '../session/issue-credentials.js';
import { createSessions } from '../session/sessions.js';
import { errorReply } from '../sts/answer-sts.js';
import type { StsState } from '../sts/operation.js';
import { githubIssuer, jobClaims } from '../tokens/job-claims.js';
import { createSigningKey } from '../tokens/signing-key.js';
import type { HttpReply, HttpRequest } from '../wire/http-message.js';
import { parseWorld } from '../world/parse-world.js';
import { type AnswerContext, answer, awsErrorOf } from './answer.js';
import { answerControl, answerIssuer } from './control.js';
import type { Emulator, EmulatorOptions } from './emulator.js';
import { createFaults } from './faults.js';
import { createIdTokenEndpoint, idTokenPath } from './id-token.js';
import { containerPath, createContainerEndpoint, createInstanceEndpoint } from './machine-credentials.js';
import type { RecordedRequest } from './requests.js';

export type { Emulator, EmulatorOptions } from './emulator.js';

const loopback = '127.0.0.1';
const keptBody = 10_000_001;

/** Starts STS, the ID-token endpoint and the machine credentials of a world on 127.0.0.1; throws when the world is not usable. */
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
  serve(server, emulator, { state, faults, requests, latencyMs: options.latencyMs ?? 0, idToken, machines });
  return emulator;
}

function createState(options: EmulatorOptions, notes: string[]): StsState {
  return {
    world: parseWorld(structuredClone(options.world)),
    clock: createClock(options.now ?? Date.now),
    sessions: createSessions(options.plainSecretsAfter),
    signingKey: createSigningKey(),
    note(text) {
      if (notes.includes(text)) return;
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

function serve(server: Server, emulator: Emulator, context: AnswerContext): void {
  const connections = new WeakMap<Socket, number>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    connections.set(socket, count);
  });
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(incoming.socket) ?? 0;
    respond(emulator, context, incoming, response, connection).catch((error: unknown) => {
      // A client that went away amid its request is no slip, and hears no answer.
      if (!incoming.complete) return;
      const failure = awsErrorOf(context.state, error);
      if (!response.headersSent) send(response, errorReply(failure, randomUUID()), context);
    });
  });
}

async function respond(
  emulator: Emulator,
  context: AnswerContext,
  incoming: IncomingMessage,
  response: ServerResponse,
  connection: number,
): Promise<void> {
  const request = await readRequest(incoming);
  const reply =
    answerControl(emulator, request) ??
    (await answerIssuer(emulator, context.state.signingKey, request.path)) ??
    (await answer(context, request, response, connection));
  if (reply !== undefined) send(response, reply, context);
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size < keptBody) chunks.push(chunk);
    size += chunk.length;
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s, 2);
  const headers = Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
  const sourceIp = (incoming.socket.remoteAddress ?? loopback).replace(/^::ffff:/, '');
  return { method: incoming.method ?? 'GET', path, query, headers, body: Buffer.concat(chunks), sourceIp };
}

function send(response: ServerResponse, reply: HttpReply, context: AnswerContext): void {
  response.sendDate = false;
  const length = Buffer.byteLength(reply.body);
  const date = new Date(context.state.clock.now()).toUTCString();
  response.writeHead(reply.status, { ...reply.headers, date, 'content-length': length });
  response.end(reply.body);
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

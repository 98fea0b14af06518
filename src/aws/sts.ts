import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { isAwsEndpoint } from '../domain/endpoint/aws-endpoint.js';
import type { UserAgent } from '../domain/endpoint/user-agent.js';
import type { Credentials } from '../domain/iam/credentials.js';
import { withTimeLimit } from '../process/time-limit.js';
import { readFailure } from './read-failure.js';

/** The STS endpoint and its connections. */
export interface StsPlace {
  /** The Region that calls are signed for. */
  readonly region: string;
  readonly endpoint?: string;
  readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly userAgent: UserAgent;
  /** Whether neither environment nor AWS files have STS settings, so that the SDK can skip the search. */
  readonly usesDefaults?: boolean;
}

/** An answer of STS. */
export interface StsAnswer<Output> {
  readonly output: Output;
  /** The time of the answer, by the server's clock; undefined without a Date header. */
  readonly date?: Date;
}

/** An STS client: all calls of a step use the same handler, so hops share a connection. */
export interface Sts {
  /** Whether it is one of AWS's own. */
  readonly isAws: boolean;
  /** Sends a command once; rejects with CallFailed. Without credentials, the call is unsigned. */
  readonly send: <Output>(call: StsCall<Output>) => Promise<StsAnswer<Output>>;
}

/** A command, its credentials, and its abort signal. */
export interface StsCall<Output> {
  readonly operation: string;
  /** Creates the SDK's command, a new one for each attempt. */
  readonly run: (client: STSClient, options: { abortSignal: AbortSignal }) => Promise<Output>;
  readonly credentials?: Credentials;
  readonly signal: AbortSignal;
  readonly attempt: number;
  /** The answer to a rehearsal, which is never sent. */
  readonly rehearsed?: Promise<string>;
}

/** Connect and answer timeouts in milliseconds, for stalled calls. */
const timeouts = { connection: 5_000, answer: 15_000 } as const;

/** Creates an STS client; sends nothing until the first command. */
export function openSts(place: StsPlace): Sts {
  const requestHandler = new NodeHttpHandler({
    ...agentsOf(place),
    connectionTimeout: timeouts.connection,
    requestTimeout: timeouts.answer,
    throwOnRequestTimeout: true,
  });
  const { handler, dateOf, rehearse } = datedHandler(requestHandler);
  const clientOf = openClients((credentials) => clientConfig(place, handler, credentials), place.usesDefaults === true);
  // The clock skew in milliseconds: the SDK learns it from an error, and every later attempt and hop needs it.
  let systemClockOffset = 0;
  return {
    isAws: isAwsEndpoint(place.endpoint),
    send: async ({ operation, run, credentials, signal, attempt, rehearsed }) => {
      const client = clientOf(credentials);
      client.config.systemClockOffset = systemClockOffset;
      try {
        const limit = { signal, milliseconds: timeouts.answer + timeouts.connection };
        return await withTimeLimit(limit, async (abortSignal) => {
          if (rehearsed !== undefined) {
            rehearse(abortSignal, rehearsed);
          }
          const output = await run(client, { abortSignal });
          const date = dateOf(abortSignal);
          return { output, ...(date !== undefined && { date }) };
        });
      } catch (error) {
        throw readFailure(error, { operation, attempt, isDeadline: signal.aborted });
      } finally {
        // A rehearsal learns nothing from AWS, and may end after a call that did.
        if (rehearsed === undefined) {
          systemClockOffset = client.config.systemClockOffset;
        }
      }
    },
  };
}

/** The handler wants an agent of either kind. One that no call will use is not loaded. */
function agentsOf({ agents, endpoint }: StsPlace): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  const isHttp = endpoint !== undefined && new URL(endpoint).protocol === 'http:';
  const agent = isHttp ? agents.http : agents.https;
  return { httpAgent: agent, httpsAgent: agent as HttpsAgent };
}

/** One client for all calls of the same credentials: a client costs more than a call. */
function openClients(configOf: (credentials: Credentials | undefined) => STSClientConfig, usesDefaults: boolean) {
  const clients = new WeakMap<object, STSClient>();
  const unsigned = {};
  let settings: MachineSettings | undefined = usesDefaults ? defaultSettings : undefined;
  return (credentials: Credentials | undefined): STSClient => {
    const key = credentials ?? unsigned;
    const client = clients.get(key) ?? new STSClient({ ...configOf(credentials), ...settings });
    settings ??= machineSettings(client);
    clients.set(key, client);
    return client;
  };
}

/** A handler that records the `Date` header of each answer, which the SDK does not expose, and answers rehearsals. */
function datedHandler(handler: NodeHttpHandler): {
  readonly handler: NodeHttpHandler;
  readonly dateOf: (call: AbortSignal) => Date | undefined;
  readonly rehearse: (call: AbortSignal, answer: Promise<string>) => void;
} {
  const dates = new WeakMap<object, Date>();
  const rehearsals = new WeakMap<object, Promise<string>>();
  const handle: NodeHttpHandler['handle'] = async (request, options) => {
    const rehearsed = rehearsals.get(options?.abortSignal ?? request);
    if (rehearsed !== undefined) {
      return answerOf(await rehearsed) as unknown as ReturnType<NodeHttpHandler['handle']>;
    }
    const answer = await handler.handle(request, options);
    const date = new Date(answer.response.headers.date ?? '');
    if (options?.abortSignal !== undefined && !Number.isNaN(date.getTime())) {
      dates.set(options.abortSignal, date);
    }
    return answer;
  };
  return {
    handler: Object.assign(Object.create(handler) as NodeHttpHandler, { handle }),
    dateOf: (call) => dates.get(call),
    rehearse: (call, answer) => rehearsals.set(call, answer),
  };
}

function answerOf(text: string) {
  const body = new Readable({
    read() {
      this.push(text);
      this.push(null);
    },
  });
  return { response: { statusCode: 200, headers: {}, body } };
}

type MachineSettings = Pick<
  STSClientConfig,
  'defaultsMode' | 'useDualstackEndpoint' | 'useFipsEndpoint' | 'userAgentAppId' | 'disableClockSkewCorrection'
>;

/** The SDK's defaults. */
const defaultSettings: MachineSettings = {
  defaultsMode: 'legacy',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: async () => undefined,
  disableClockSkewCorrection: false,
};

/** Settings from the environment and AWS files: the first client reads them, the others reuse them. */
function machineSettings({ config }: STSClient): MachineSettings {
  const { defaultsMode, useDualstackEndpoint, useFipsEndpoint, userAgentAppId, disableClockSkewCorrection } = config;
  return { defaultsMode, useDualstackEndpoint, useFipsEndpoint, userAgentAppId, disableClockSkewCorrection };
}

function clientConfig(
  place: StsPlace,
  requestHandler: NodeHttpHandler,
  credentials: Credentials | undefined,
): STSClientConfig {
  return {
    region: place.region,
    ...(place.endpoint !== undefined && {
      endpoint: place.endpoint,
      // A profile may request endpoint variants, but a configured endpoint has none.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
    }),
    credentials: credentials ?? (() => Promise.reject(new Error('This call is not signed.'))),
    requestHandler,
    // AWS files may set another endpoint, which would be neither visible nor validated.
    ignoreConfiguredEndpointUrls: true,
    // The walk retries by its own table, which handles tokens and deadlines.
    maxAttempts: 1,
    retryMode: 'standard',
    // A machine's preference for another auth scheme would require keys for a call with a token.
    authSchemePreference: ['sigv4'],
    customUserAgent: place.userAgent.map(([name, value]) => [name, value]),
  };
}

import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { isAwsEndpoint } from '../domain/endpoint/aws-endpoint.js';
import type { UserAgent } from '../domain/endpoint/user-agent.js';
import type { Credentials } from '../domain/identifiers/credentials.js';
import { withTimeLimit } from '../process/time-limit.js';
import { readFailure } from './read-failure.js';

/** What an STS client is made from. */
export interface StsSettings {
  /** The Region that calls are signed for. */
  readonly region: string;
  readonly endpoint?: string;
  readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly userAgent: UserAgent;
  /** Whether neither variables nor AWS files have settings for STS, so that the SDK can skip the search for them. */
  readonly usesDefaults?: boolean;
}

/** The parsed answer of STS, with its time. */
export interface StsAnswer<Output> {
  readonly output: Output;
  /** The time of the answer, by the server's clock; undefined without a Date header. */
  readonly date?: Date;
}

/** A client of one STS endpoint. All its calls share a request handler, and so its connections. */
export interface Sts {
  /** Whether the endpoint is one of AWS's own. */
  readonly isAws: boolean;
  /** Sends a command once; rejects with CallFailed. Without credentials, the call is unsigned. */
  readonly send: <Output>(call: StsCall<Output>) => Promise<StsAnswer<Output>>;
}

/** One call: a command of the SDK, and what it is sent with. */
export interface StsCall<Output> {
  readonly operation: string;
  /** Creates the SDK's command and sends it with the client. */
  readonly run: (client: STSClient, options: { abortSignal: AbortSignal }) => Promise<Output>;
  readonly credentials?: Credentials;
  readonly signal: AbortSignal;
  readonly attempt: number;
  /** If the call is a rehearsal, which is never sent: the answer to read. */
  readonly rehearsed?: Promise<string>;
}

/** Timeouts in milliseconds. */
const timeouts = { connection: 5_000, answer: 15_000 } as const;

/** Creates an STS client; sends nothing until the first command. */
export function openSts(place: StsSettings): Sts {
  const requestHandler = new NodeHttpHandler({
    ...agentsOf(place),
    connectionTimeout: timeouts.connection,
    requestTimeout: timeouts.answer,
    throwOnRequestTimeout: true,
  });
  const { handler, dateOf, rehearse } = datedHandler(requestHandler);
  const clientOf = openClients((credentials) => clientConfig(place, handler, credentials), place.usesDefaults === true);
  // The clock skew in milliseconds. The SDK learns it from an error of one client, and every other client needs it too.
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
        // A rehearsal learns no clock skew, and must not overwrite what a real call learned meanwhile.
        if (rehearsed === undefined) {
          systemClockOffset = client.config.systemClockOffset;
        }
      }
    },
  };
}

/** The agents for the SDK's handler. It requires both kinds; the one that the endpoint uses replaces the other. */
function agentsOf({ agents, endpoint }: StsSettings): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  const isHttp = endpoint !== undefined && new URL(endpoint).protocol === 'http:';
  const agent = isHttp ? agents.http : agents.https;
  return { httpAgent: agent, httpsAgent: agent as HttpsAgent };
}

/** Returns a function that makes one client for each credentials object: creating a client takes longer than a call. */
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

/**
 * Wraps the SDK's handler, to record the `Date` header of each answer, which the SDK does not expose, and to answer
 * rehearsals. A call is recognized by its abort signal.
 */
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

/** The settings that the SDK would find on a machine without any. */
const defaultSettings: MachineSettings = {
  defaultsMode: 'legacy',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: async () => undefined,
  disableClockSkewCorrection: false,
};

/** The settings that a client reads from the environment and AWS files, for other clients to reuse. */
function machineSettings({ config }: STSClient): MachineSettings {
  const { defaultsMode, useDualstackEndpoint, useFipsEndpoint, userAgentAppId, disableClockSkewCorrection } = config;
  return { defaultsMode, useDualstackEndpoint, useFipsEndpoint, userAgentAppId, disableClockSkewCorrection };
}

function clientConfig(
  place: StsSettings,
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
    // The SDK does not retry: the walk has its own retry rules, which take tokens and the deadline into account.
    maxAttempts: 1,
    retryMode: 'standard',
    // AWS files may prefer another auth scheme, with which a call with a token would need keys.
    authSchemePreference: ['sigv4'],
    customUserAgent: place.userAgent.map(([name, value]) => [name, value]),
  };
}

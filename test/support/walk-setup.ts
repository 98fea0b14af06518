import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../emulator/server/emulator.js';
import type { WorldDocument } from '../../emulator/world/world.js';
import { openSts } from '../../src/aws/sts.js';
import { walk } from '../../src/aws/walk.js';
import type { WalkServices } from '../../src/aws/walk-services.js';
import type { FailedTarget, ReachedTarget, TargetOutcome } from '../../src/domain/chain/outcome.js';
import type { Environment } from '../../src/domain/input/environment.js';
import type { RawInputs } from '../../src/domain/input/input-names.js';
import { readRequest } from '../../src/domain/request/read-request.js';
import { openConnections } from '../../src/net/connections.js';
import { startExample } from './start-example.js';

/** An emulator of the example world, and walks against it over real sockets. */
export interface WalkSetup {
  readonly emulator: Emulator;
  /** Walks the chains of the inputs, with the job's ID token as base unless they contain keys. */
  readonly walk: (
    inputs: RawInputs,
    words?: Partial<WalkServices>,
    environment?: Environment,
  ) => Promise<readonly TargetOutcome[]>;
  /** The calls so far: operation and role name. */
  readonly calls: () => readonly string[];
  readonly masked: readonly string[];
  readonly log: readonly string[];
  /** The number of ID tokens requested so far. */
  readonly tokens: () => number;
}

/** Opens a setup, which ends with the test. */
export async function openWalkSetup(
  change?: (world: WorldDocument) => void,
  options?: Partial<EmulatorOptions>,
): Promise<WalkSetup> {
  const emulator = await startExample(change, options);
  const connections = openConnections({ exceptions: [] });
  onTestFinished(async () => {
    connections.close();
    await emulator.close();
  });
  const masked: string[] = [];
  const log: string[] = [];
  let tokens = 0;
  let kept: Promise<string> | undefined;
  const token = async (_: unknown, refused?: string) => {
    if (kept === undefined || (await kept) === refused) {
      tokens += 1;
      kept = emulator.idToken();
    }
    return kept;
  };
  const { agents } = connections.to(new URL(emulator.url));
  const place = { endpoint: emulator.url, agents, userAgent: [['test', '1']] as const };
  const progress = {
    mask: (values: readonly string[]) => masked.push(...values),
    info: (text: string) => log.push(text),
    warn: (text: string) => log.push(text),
    debug: () => {},
  };
  return {
    emulator,
    masked,
    log,
    tokens: () => tokens,
    calls: () =>
      emulator.requests.map(({ operation, parameters }) =>
        [operation, parameters.RoleArn?.split(':role/')[1]].filter((part) => part !== undefined).join(' '),
      ),
    walk: (inputs, words = {}, environment = {}) => {
      const all = { ...emulator.environment, ...environment };
      const { targets } = readRequest({ inputs, environment: all });
      return walk(targets, {
        stsFor: ({ region }) => openSts({ ...place, region: region ?? 'us-east-1' }),
        token,
        providerOf: () => Promise.reject(new Error('No test here starts from the machine.')),
        rules: { attempts: 6, includesFreshRoles: false },
        signal: new AbortController().signal,
        progress,
        alphanumericSecret: false,
        ...words,
      });
    },
  };
}

/** The targets that were reached; throws the reason when one failed. */
export function reached(outcomes: readonly TargetOutcome[]): readonly ReachedTarget[] {
  return outcomes.map((outcome) => {
    if (outcome.kind === 'failed') {
      throw new Error(`${outcome.failed.failure.code}: ${outcome.failed.failure.message}`);
    }
    return outcome.reached;
  });
}

/** The targets that failed. */
export function stops(outcomes: readonly TargetOutcome[]): readonly FailedTarget[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failed] : []));
}

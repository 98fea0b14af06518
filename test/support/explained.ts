import { onTestFinished } from 'vitest';
import type { Emulator } from '../../emulator/server/emulator.js';
import type { WorldDocument } from '../../emulator/world/world.js';
import { hasIdToken } from '../../src/domain/base-identity/base-facts.js';
import { WalkFailed } from '../../src/domain/chain/outcome.js';
import { type Explanation, explain } from '../../src/domain/explain/explain.js';
import type { RawInputs } from '../../src/domain/input/input-names.js';
import type { PolicyDocument } from '../../src/domain/needed-policies/policy-document.js';
import { readRequest } from '../../src/domain/request/read-request.js';
import { walkChain } from '../../src/steps/walk/walk-chain.js';
import { startExample } from './start-example.js';

/** A walk that must fail, with its setting. */
export interface FailingWalk {
  readonly inputs: RawInputs;
  readonly world?: (world: WorldDocument) => void;
  readonly prepare?: (emulator: Emulator) => void | Promise<void>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The step's time limit in milliseconds; default 20 000. */
  readonly deadlineMs?: number;
}

const silent = { mask: () => {}, info: () => {}, warn: () => {}, debug: () => {} };

/** Walks against its own emulator and explains the failure; the walk must not succeed. */
export async function explained(walk: FailingWalk): Promise<Explanation> {
  const { emulator, stops } = await walked(walk);
  if (stops === undefined) {
    throw new Error(`Nothing failed; AWS was asked ${emulator.requests.length} times.`);
  }
  return stops;
}

/** Whether a walk in a world succeeds. */
export async function succeeds(walk: FailingWalk): Promise<boolean> {
  return (await walked(walk)).stops === undefined;
}

/** The policies in an explanation, in order: the target's trust policy, then the caller's policy. */
export function policiesOf({ parts }: Explanation): readonly PolicyDocument[] {
  const values = parts.flatMap((part) => (part.kind === 'json' ? [part.value] : []));
  return values.filter((value): value is PolicyDocument => Object.hasOwn(Object(value), 'Statement'));
}

async function walked({ inputs, world: change, prepare, environment, deadlineMs = 20_000 }: FailingWalk): Promise<{
  emulator: Emulator;
  stops: Explanation | undefined;
}> {
  const emulator = await startExample(change);
  onTestFinished(emulator.close);
  await prepare?.(emulator);
  const job = { ...emulator.environment, AWS_REGION: 'us-east-1', GITHUB_WORKSPACE: '/', ...environment };
  const sources = { inputs: { 'disable-retry': 'true', ...inputs }, environment: job };
  const context = {
    environment: job,
    progress: silent,
    signal: AbortSignal.timeout(deadlineMs),
    onLongAnswer: () => {},
  };
  const outcomes = await walkChain(readRequest(sources), context);
  const stops = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.failed] : []));
  return {
    emulator,
    stops:
      stops.length === 0
        ? undefined
        : explain(new WalkFailed(stops), { hasIdToken: hasIdToken(job), scrub: (text) => text }),
  };
}

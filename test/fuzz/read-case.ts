import { InvalidRequest } from '../../src/domain/input/problem.js';
import { readRequest } from '../../src/domain/request/read-request.js';
import { readSharedConfig } from '../../src/domain/shared-config/read-shared-config.js';
import { inputFault } from './input-fault.js';
import { inputNames } from './input-names.js';
import { type Random, randomFrom } from './random.js';
import { anyScenario, type Scenario } from './scenarios.js';
import { changed } from './texts.js';

/** Milliseconds that parsing may take. The texts are short, so only a parser that is not linear needs more. */
const most = 1_500;

/** Parses the request of a seed without running a step; returns the findings. */
export function readCase(seed: number): { readonly refused: boolean; readonly findings: readonly string[] } {
  const random = randomFrom(seed);
  let scenario = anyScenario(random);
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    scenario = { ...scenario, ...inputFault(scenario, inputNames, random) };
  }
  const started = performance.now();
  const thrown = errorOf(() => read(scenario, random));
  const took = performance.now() - started;
  return {
    refused: thrown !== undefined,
    findings: [
      ...(thrown === undefined ? [] : findingsIn(thrown)),
      ...(took > most ? [`it took ${Math.round(took)} ms`] : []),
    ],
  };
}

function read({ with: inputs, env, files }: Scenario, random: Random): void {
  const text = (path: string) => {
    const known = Object.hasOwn(files, path) ? (files[path] ?? '') : '';
    return random.chance(0.5) ? known : changed(known, random);
  };
  const path = inputs['role-chain-file']?.trim();
  readRequest({
    inputs,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.invalid',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      ...env,
    },
    ...(path && { roleChainFile: { path, text: text(path) } }),
    files: readSharedConfig(
      { path: '~/.aws/config', text: text('~/.aws/config') },
      { path: '~/.aws/credentials', text: text('~/.aws/credentials') },
    ),
  });
}

function findingsIn(error: unknown): readonly string[] {
  if (!(error instanceof InvalidRequest)) {
    return [`it throws ${error instanceof Error ? error.stack : String(error)}`];
  }
  const texts = error.problems.flatMap(({ where, what, fix }) => [where, what, fix]);
  const wordless = texts.some((text) => !/\S/.test(text)) || texts.length === 0;
  return [
    ...(wordless ? ['a problem without words'] : []),
    ...texts.filter((text) => /\[object |\bundefined\b|\bNaN\b/.test(text)).map((text) => `it says ${text}`),
    ...texts
      .filter((text) => text.length > 2_000)
      .map((text) => `a text of ${text.length} characters: ${text.slice(0, 200)}`),
  ];
}

function errorOf(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

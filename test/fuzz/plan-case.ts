import type { Emulator } from '../../emulator/server/emulator.js';
import type { FaultRule } from '../../emulator/server/fault.js';
import { answerFault } from './answer-fault.js';
import { fileFault } from './file-fault.js';
import { inputFault } from './input-fault.js';
import { inputNames } from './input-names.js';
import type { Random } from './random.js';
import { anyScenario, type Scenario } from './scenarios.js';

/** One case: a scenario and its faults. */
export interface Case {
  readonly scenario: Scenario;
  readonly kinds: readonly string[];
  readonly rules: readonly FaultRule[];
  readonly files: readonly ((
    paths: readonly string[],
    home: string,
  ) => { readonly kind: string; readonly put: () => void })[];
  readonly killAt: number;
}

/** Chooses a scenario and its faults. */
export function planCase(random: Random): Case {
  let scenario = anyScenario(random);
  const kinds: string[] = [];
  const rules: FaultRule[] = [];
  const files: Case['files'][number][] = [];
  for (let left = random.one([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    const which = random.below(3);
    if (which === 0) {
      const { kind, ...changed } = inputFault(scenario, inputNames, random);
      scenario = { ...scenario, ...changed };
      kinds.push(kind);
    } else if (which === 1) {
      const { kind, rule } = answerFault(random);
      rules.push(rule);
      kinds.push(kind);
    } else {
      files.push((paths, home) => fileFault(paths, home, random));
    }
  }
  const killAt = random.chance(0.12) ? 1 + random.below(25) : 0;
  return { scenario, kinds, rules, files, killAt };
}

/** The variables of the job. */
export function environmentOf({ scenario }: Case, emulator: Emulator): Record<string, string> {
  return {
    ...emulator.environment,
    ...emulator.containerEnvironment,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: emulator.url,
    AWS_REGION: 'eu-west-1',
    ...scenario.env,
  };
}

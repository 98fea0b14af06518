import { heading, paragraph, plainText } from '../rendering/parts.js';

/** The stages of a step, in order. */
export const stages = ['reading', 'walking', 'handing over'] as const;

/** A stage of a step. */
export type Stage = (typeof stages)[number];

const doing: Readonly<Record<Stage, string>> = {
  reading: 'the step read its inputs and files. No role was assumed, and nothing was exported',
  walking: 'the step called AWS and the token service. Nothing was exported',
  'handing over': 'the step wrote profiles, variables and outputs. The post step undoes this',
};

const fixes: Readonly<Record<Stage, string>> = {
  reading:
    'Make the inputs and files smaller, and check that a network share with one of the files responds. Or set a longer action-timeout-s.',
  walking: 'Check the network of the runner and its proxy. Or set a longer action-timeout-s.',
  'handing over':
    'Check that the disk of the runner responds, and that no other step locks its AWS files. Or set a longer action-timeout-s.',
};

/** The error of a step that reached its deadline, with its fix. */
export class OutOfTime extends Error {
  readonly title = 'The step timed out';
  readonly fix: string;

  constructor(seconds: number, stage: Stage) {
    super(`The ${seconds} s of action-timeout-s passed while ${doing[stage]}.`);
    this.name = 'OutOfTime';
    this.fix = fixes[stage];
  }
}

/** The last message of a step that the watchdog ends, one for each stage. `annotate` formats the annotation. */
export function finalMessages(seconds: number, annotate: (title: string, text: string) => string): readonly string[] {
  return stages.map((stage) => {
    const { title, message, fix } = new OutOfTime(seconds, stage);
    const story = plainText([heading(title), paragraph(message), paragraph(fix)]);
    return `${story}\n${annotate(title, `${message} ${fix}`)}\n`;
  });
}

import { heading, paragraph, plainText } from '../document/parts.js';

/** The stages of a step, in order. */
export const stages = ['reading', 'walking', 'handing over'] as const;

/** A stage of a step. */
export type Stage = (typeof stages)[number];

const doing: Readonly<Record<Stage, string>> = {
  reading: 'it read its inputs and files. No role was assumed, and nothing was exported',
  walking: 'it asked AWS and the token service. Nothing was exported',
  'handing over': 'it wrote profiles, variables and outputs. The post step takes back what it wrote',
};

const fixes: Readonly<Record<Stage, string>> = {
  reading:
    'Make the inputs and files smaller, or see why a file does not answer, as one on a network share may not. action-timeout-s gives the step more time.',
  walking: 'See whether the proxy and the network of the runner answer. action-timeout-s gives the step more time.',
  'handing over':
    'See whether the disk of the runner answers, and whether another step holds its AWS files. action-timeout-s gives the step more time.',
};

/** A step that reached its deadline. */
export class OutOfTime extends Error {
  readonly title = 'The step ran out of time';
  readonly fix: string;

  constructor(seconds: number, stage: Stage) {
    super(`The ${seconds} s of action-timeout-s passed while ${doing[stage]}.`);
    this.name = 'OutOfTime';
    this.fix = fixes[stage];
  }
}

/** The message of a step that the watchdog ends, for each stage; `annotate` writes the annotation. */
export function lastWords(seconds: number, annotate: (title: string, text: string) => string): readonly string[] {
  return stages.map((stage) => {
    const { title, message, fix } = new OutOfTime(seconds, stage);
    const story = plainText([heading(title), paragraph(message), paragraph(fix)]);
    return `${story}\n${annotate(title, `${message} ${fix}`)}\n`;
  });
}

interface OptionRow {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  /** The placeholder of the value. */
  readonly value?: string;
  readonly text: string;
}

/** The options of the command line. */
export const optionRows = {
  world: {
    type: 'string',
    value: 'FILE',
    text: 'The accounts, roles and policies, as JSON. Default: emulator/examples/organization.json.',
  },
  claims: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE,…',
    text: "Claims of the job's ID token; they replace those of the world. An empty value omits the claim.",
  },
  port: { type: 'string', value: 'N', text: 'The port on 127.0.0.1. Default: any free port.' },
  latency: { type: 'string', value: 'MS', text: 'Delay each answer by this many milliseconds. Default: 0.' },
  rate: {
    type: 'string',
    value: 'N',
    text: 'Allow each account N STS calls per second, and throttle further calls. Default: the rate of the world, else no limit.',
  },
  burst: {
    type: 'string',
    value: 'N',
    text: 'With --rate: allow N calls at once after a pause. Default: the calls of one second.',
  },
  json: { type: 'boolean', text: 'Print the variables as one line of JSON.' },
  'keep-running': { type: 'boolean', text: 'Keep running after the parent process has ended.' },
  help: { type: 'boolean', text: 'Print this text.' },
} as const satisfies Record<string, OptionRow>;

/** The text of --help. */
export function helpText(): string {
  const lines = Object.entries<OptionRow>(optionRows).map(
    ([name, { value, text }]) => `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(22)}  ${text}`,
  );
  return [
    'Emulates STS and the ID-token endpoint of a GitHub job on loopback. Prints the environment variables for a job or client.',
    '',
    'Usage: npm run --silent emulator -- [options]',
    '',
    ...lines,
    '',
    'Example: your own accounts, and a job of your repository that deploys to production:',
    '',
    '  npm run --silent emulator -- --world my-world.json --claims repository=me/mine,environment=production',
    '',
    'Start from emulator/examples/small.json. docs/act.md shows how to run a workflow against it.',
  ].join('\n');
}

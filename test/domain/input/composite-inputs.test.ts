import { beforeAll, describe, expect, it } from 'vitest';
import { ownInputVariables } from '../../../src/domain/input/composite-inputs.js';
import { loadYaml } from '../../../src/domain/input/yaml.js';

beforeAll(loadYaml);

const inputs = 'inputs:\n  target: { required: true }\n  dry_run:\n    default: "false"\n  My.Region: {}\n';
const steps = (...withs: readonly string[]) =>
  `runs:\n  using: composite\n  steps:\n${withs.map((one) => `    - uses: a/b@v1\n      with: ${one}\n`).join('')}`;

describe('the inputs that only the composite action has', () => {
  it.each<[string, string, readonly string[]]>([
    ['all inputs that no step receives', inputs + steps('{ role-to-assume: x }'), ['TARGET', 'DRY_RUN', 'MY_REGION']],
    ['none that a step receives', inputs + steps('{ a: x }', '{ Target: x, dry_run: y }'), ['MY_REGION']],
    ['none for an action of another kind', `${inputs}runs:\n  using: node24\n  main: dist/main.js\n`, []],
    ['none without inputs', steps('{ a: x }'), []],
    ['none for a file that is not YAML', `${inputs}  [`, []],
    ['none for an empty file', '', []],
  ])('are %s', (_, text, names) => {
    expect(ownInputVariables(text)).toEqual(names.map((name) => `INPUT_${name}`));
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/root.js';
import { type InputName, inputNames, type RawInputs } from '../src/domain/input/input-names.js';
import { readRequest } from '../src/domain/request/read-request.js';

interface Action {
  readonly name: string;
  readonly description: string;
  readonly branding: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: Readonly<Record<string, string>>;
}

const action = load(readFileSync(join(root, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }) as Action;

describe('action.yml', () => {
  it('has the inputs that the code reads, in the same order', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
  });

  it('describes each input and output in whole sentences', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('contains no expression, which runners accept in only a few places of it', () => {
    expect(readFileSync(join(root, 'action.yml'), 'utf8')).not.toContain('$'.concat('{{'));
  });

  it('has what the Marketplace asks for', () => {
    expect(action.name).not.toBe('');
    expect(action.description.length).toBeLessThan(125);
    expect(action.branding).toEqual({ icon: 'link', color: 'orange' });
  });

  it('runs on Node 24, with existing files', () => {
    expect(action.runs.using).toBe('node24');
    for (const stage of ['main', 'post']) {
      expect(existsSync(join(root, action.runs[stage] ?? 'none'))).toBe(true);
    }
  });

  const defaults = Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name as InputName, value] as const],
  );

  it.each(defaults)("the default of %s, %j, equals the code's own", (name, value) => {
    const read = (inputs: RawInputs) => {
      const keys = { 'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE', 'aws-secret-access-key': 'not-a-secret' };
      const chain = { 'role-chain': 'arn:aws:iam::111111111111:role/hub\ndeploy' };
      const request = readRequest({ inputs: { ...keys, ...chain, ...inputs }, environment: {} });
      return JSON.stringify(request);
    };
    expect(read({ [name]: value })).toBe(read({}));
  });

  it('all defaults together do, too', () => {
    expect(defaults.length).toBeGreaterThan(10);
    const role = {
      'role-to-assume': 'arn:aws:iam::111111111111:role/hub',
      'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
    };
    const read = (inputs: RawInputs) =>
      JSON.stringify(
        readRequest({
          inputs: { ...role, 'aws-secret-access-key': 'not-a-secret', ...inputs },
          environment: { GITHUB_REPOSITORY: 'octo-org/octo-repo' },
        }),
      );
    expect(read(Object.fromEntries(defaults))).toBe(read({}));
  });
});

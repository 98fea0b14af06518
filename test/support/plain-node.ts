import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionNode } from './entry-points.js';

/** The two capabilities of Linux with which root reads every file. */
const without = '--bounding-set=-dac_override,-dac_read_search';

/** A Node that respects file modes: this one, or for root one without the capabilities to read everything. */
export function plainNode(): { readonly node: string; readonly remove: () => void } | undefined {
  if (process.platform === 'win32') {
    console.log('Skipped on Windows, where a file has no mode: files that cannot be read.');
    return undefined;
  }
  if (process.getuid?.() !== 0) {
    return { node: actionNode, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'plain-node-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const [program, reads, secret] = ['node', 'reads.cjs', 'secret'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  // Without a shell, which would drop the variables of inputs, because their names contain hyphens.
  const script = `#!/usr/bin/env -S setpriv ${without} ${actionNode}\nprocess.argv.splice(1, 1);\nrequire(process.argv[1]);\n`;
  writeFileSync(program, script, { mode: 0o755 });
  writeFileSync(secret, '');
  chmodSync(secret, 0);
  writeFileSync(reads, `require('node:fs').readFileSync(process.argv[2])`);
  try {
    execFileSync(program, [reads, reads], { stdio: 'ignore' });
  } catch {
    return skipped(remove);
  }
  try {
    execFileSync(program, [reads, secret], { stdio: 'ignore' });
    return skipped(remove);
  } catch {
    return { node: program, remove };
  }
}

function skipped(remove: () => void): undefined {
  remove();
  console.log('Skipped, because root cannot give up its right to read every file here: files that cannot be read.');
}

// Kills the main step just before its nth change to a file (KILL_AT_WRITE). Writes to stdout and stderr do not count.
const fs = require('node:fs');

const { join } = require('node:path');

const isMain = process.argv[1]?.endsWith(join('dist', 'main', 'index.js'));
const killAt = isMain ? Number(process.env.KILL_AT_WRITE ?? 0) : 0;
let count = 0;

function changed() {
  count += 1;
  if (count === killAt) {
    process.kill(process.pid, process.env.KILL_SIGNAL ?? 'SIGKILL');
    // Blocks the thread: a signal with a handler arrives later, and nothing may be written until then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
  }
}

const writes = (flags) => (typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(flags ?? 'r'));
const isStandard = (target) => target === 1 || target === 2;

for (const api of [fs, fs.promises]) {
  const suffix = api === fs ? 'Sync' : '';
  const wrap = (name, counts) => {
    const original = api[name + suffix];
    api[name + suffix] = function (...words) {
      if (counts(...words)) {
        changed();
      }
      return original.apply(this, words);
    };
  };
  wrap('open', (_, flags) => writes(flags));
  for (const name of [
    'writeFile',
    'appendFile',
    'rename',
    'unlink',
    'link',
    'mkdir',
    'rmdir',
    'rm',
    'chmod',
    'truncate',
  ]) {
    wrap(name, (target) => !isStandard(target));
  }
  if (api === fs) {
    for (const name of ['write', 'ftruncate', 'fchmod']) {
      wrap(name, (target) => !isStandard(target));
    }
  }
}

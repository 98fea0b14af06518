// Writes what a spawned program took to the file that WATCHED names: its most memory, in kilobytes, and how often each
// file got new contents by a rename.
const fs = require('node:fs');

const renamed = {};
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  renamed[to] = (renamed[to] ?? 0) + 1;
  renameSync(from, to);
};

process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  fs.writeFileSync(process.env.WATCHED, JSON.stringify({ maxRSS, renamed }));
});

// Writes measurements of a spawned program to the file that WATCHED names: its peak memory in kilobytes, and how often
// each file was replaced by a rename.
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

// Writes which files and which modules of Node a spawned program loaded to the file that LOADED names.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const files = Object.keys(require.cache);
  const builtIn = process.moduleLoadList.map((entry) => entry.replace('NativeModule ', ''));
  writeFileSync(process.env.LOADED, JSON.stringify({ files, builtIn }));
});

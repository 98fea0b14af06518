/** Runs this program once more in another environment, for what Node reads only when it starts, and ends as that one ends. */
export async function startAgain(environment: Readonly<Record<string, string | undefined>>): Promise<never> {
  const { spawnSync } = await import('node:child_process');
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exit(status ?? 1);
}

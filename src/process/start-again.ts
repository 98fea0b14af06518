/** Runs this program again in another environment, for settings that Node reads at startup; exits with its code. */
export async function startAgain(environment: Readonly<Record<string, string | undefined>>): Promise<never> {
  const { spawnSync } = await import('node:child_process');
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exit(status ?? 1);
}

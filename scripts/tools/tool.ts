import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A tool that the checks use when it can be installed. It is never installed into the working tree. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The path of the program inside its installation folder. */
  readonly program: string;
  /** Why it cannot be installed on this machine; undefined when it can. */
  readonly obstacle: () => string | undefined;
  /** Installs into an empty folder; rejects with the reason. */
  readonly install: (folder: string) => Promise<void>;
}

/** The path of a tool, or why there is none. */
export type FoundTool = { readonly path: string } | { readonly missing: string };

const installMinutes = 10;
const execute = promisify(execFile);

/** Finds a tool. Installs its pinned version once per user, for all checkouts; tries twice, and never rejects. */
export async function findTool(tool: Tool): Promise<FoundTool> {
  const first = await findOnce(tool);
  // A registry may fail for a moment.
  return 'path' in first || tool.obstacle() !== undefined ? first : findOnce(tool);
}

async function findOnce(tool: Tool): Promise<FoundTool> {
  const home = join(cacheFolder(), `${tool.name}-${tool.version}`);
  const path = join(home, tool.program);
  if (existsSync(path)) {
    return { path };
  }
  const obstacle = tool.obstacle();
  if (obstacle !== undefined) {
    return { missing: obstacle };
  }
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(`${home}.`);
  try {
    await tool.install(folder);
    moveInto(folder, home);
    return existsSync(path) ? { path } : { missing: `its installation has no ${tool.program}` };
  } catch (error) {
    return { missing: reasonOf(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs an installation program to its end, without a terminal, with limits on time and output. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly environment?: Readonly<Record<string, string>> },
): Promise<string> {
  const { stdout } = await execute(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    timeout: installMinutes * 60_000,
    maxBuffer: 64 * 1024 * 1024,
    // On Windows npm and Python's tools are scripts, which only a shell can run.
    shell: process.platform === 'win32',
  });
  return stdout;
}

/** Why a command cannot be started; undefined when it can. */
export function needs(command: string, versionFlag: string): string | undefined {
  try {
    execFileSync(command, [versionFlag], { stdio: 'ignore', shell: process.platform === 'win32', timeout: 30_000 });
    return undefined;
  } catch {
    return `${command} is not installed`;
  }
}

function cacheFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache');
  return join(cache, 'assume-role');
}

// Another checkout may have installed the same version in the meantime; either installation will do.
function moveInto(folder: string, home: string): void {
  try {
    renameSync(folder, home);
  } catch (error) {
    if (!existsSync(home)) {
      throw error;
    }
  }
}

/** The last line that an installation printed to stderr, except npm's note about its log. */
function reasonOf(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string };
  const lines = (stderr.trim() || message).split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !line.includes('A complete log of this run')) ?? message;
}

import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A tool the checks use where it can be had; nothing of it ever lies in the tree. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The program, relative to the folder it is installed into. */
  readonly program: string;
  /** Why it cannot be installed on this machine; undefined where it can. */
  readonly obstacle: () => string | undefined;
  /** Installs into an empty folder; rejects with what went wrong. */
  readonly install: (folder: string) => Promise<void>;
}

/** Where a tool is, or why it is not. */
export type FoundTool = { readonly path: string } | { readonly missing: string };

const installMinutes = 10;
const execute = promisify(execFile);

/** Finds a tool, and installs its pinned version once for every checkout of this user; never rejects. */
export async function findTool(tool: Tool): Promise<FoundTool> {
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
    takePlace(folder, home);
    return existsSync(path) ? { path } : { missing: `its installation has no ${tool.program}` };
  } catch (error) {
    return { missing: lastLine(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program of the installation to its end, without a terminal and within bounds. */
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
    // npm and the tools of Python are scripts on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  });
  return stdout;
}

/** Why a command cannot be started; undefined where it can. */
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

// Another checkout may have been quicker; what it installed is as good.
function takePlace(folder: string, home: string): void {
  try {
    renameSync(folder, home);
  } catch (error) {
    if (!existsSync(home)) {
      throw error;
    }
  }
}

function lastLine(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string };
  const lines = (stderr.trim() || message).split('\n');
  return lines.at(-1)?.trim() ?? message;
}

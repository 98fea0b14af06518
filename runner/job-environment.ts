import { delimiter, dirname } from 'node:path';
import type { JobFolders } from './job-folders.js';

const windows = process.platform === 'win32';
const systemPath = windows ? [process.env.PATH ?? ''] : ['/usr/local/bin', '/usr/bin', '/bin'];

const operatingSystems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
const architectures: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64', arm: 'ARM', ia32: 'X86' };

/** What a step's process inherits from the machine: only the path to Node. */
export function machineEnvironment(node: string, folders: JobFolders): Record<string, string> {
  return {
    CI: 'true',
    HOME: folders.home,
    PATH: [dirname(node), ...systemPath].join(delimiter),
    // Windows needs SystemRoot to start a process, and USERPROFILE to find the home folder.
    ...(windows ? { SystemRoot: process.env.SystemRoot ?? '', USERPROFILE: folders.home } : {}),
  };
}

/** The `RUNNER_*` variables. */
export function runnerEnvironment(folders: JobFolders, debug: boolean): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: architectures[process.arch] ?? process.arch,
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: operatingSystems[process.platform] ?? process.platform,
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}

import { delimiter, dirname } from 'node:path';
import type { JobFolders } from './job-folders.js';

const windows = process.platform === 'win32';
const SYSTEM_PATH = windows ? [process.env.PATH ?? ''] : ['/usr/local/bin', '/usr/bin', '/bin'];

const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64', arm: 'ARM', ia32: 'X86' };

// GitHub's runner brings Node 24. On an older Node the AWS SDK warns on stderr that it will stop supporting it, which
// no user of the real runner sees.
const FIRST_NODE_WITHOUT_SDK_WARNING = 22;
const OLD_NODE = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;

/** What a step's process inherits from the machine: nothing of ours but the path to Node. */
export function machineEnvironment(node: string, nodeMajor: number, folders: JobFolders): Record<string, string> {
  return {
    CI: 'true',
    HOME: folders.home,
    PATH: [dirname(node), ...SYSTEM_PATH].join(delimiter),
    // Windows starts no process without the one, and looks for the home folder in the other.
    ...(windows ? { SystemRoot: process.env.SystemRoot ?? '', USERPROFILE: folders.home } : {}),
    ...(nodeMajor < FIRST_NODE_WITHOUT_SDK_WARNING ? OLD_NODE : {}),
  };
}

/** The `RUNNER_*` variables. */
export function runnerEnvironment(folders: JobFolders, debug: boolean): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: ARCHITECTURES[process.arch] ?? process.arch,
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: OPERATING_SYSTEMS[process.platform] ?? process.platform,
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}

import { needs } from '../scripts/tools/tool.js';

let isInstalled: boolean | undefined;

/** Whether the AWS CLI is installed. */
export function hasAwsCli(): boolean {
  isInstalled ??= needs('aws', '--version') === undefined;
  return isInstalled;
}

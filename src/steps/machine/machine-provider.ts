import { FileProblem } from '../../disk/files/file-problem.js';
import { providerOf } from '../../domain/base-identity/aws-tools/tool-identity.js';
import type { ToolIdentity } from '../../domain/base-identity/aws-tools/tool-search.js';
import type { Provider } from '../../domain/base-identity/provider.js';
import { CallFailed, profileFailedCode } from '../../domain/calls/call-failure.js';
import { type MachineOrigin, originText } from '../../domain/chain/base-identity.js';
import type { Environment } from '../../domain/input/environment.js';
import { readMachineFiles } from './machine-files.js';
import { refuseBlockingCaches } from './sdk-files.js';

/**
 * Makes the function that finds where the machine's credentials come from, in the current files; rejects with
 * CallFailed.
 */
export function machineProvider(environment: Environment): (origin: MachineOrigin) => Promise<Provider> {
  return async (origin) => {
    const files = await readMachineFiles(environment);
    return providerIn(providerOf(origin, { environment, files }), originText(origin), environment);
  };
}

/** Throws CallFailed if the SDK would read a provider's tokens from a file that is not regular, such as a pipe. */
function guardProvider(provider: Provider, environment: Environment): void {
  if (provider.kind === 'assume-role') {
    guardProvider(provider.source, environment);
    return;
  }
  const { kind } = provider;
  try {
    if (kind === 'sso' || kind === 'login') {
      refuseBlockingCaches(environment);
    }
  } catch (error) {
    throw error instanceof FileProblem ? noCredentials(`${error.message} ${error.fix}`) : error;
  }
}

/** Returns the provider of the identity that a tool finds; throws CallFailed if the tool finds a fault. */
export function providerIn(found: ToolIdentity, name: string, environment: Environment): Provider {
  if (found.kind === 'found') {
    guardProvider(found.provider, environment);
    return found.provider;
  }
  throw noCredentials(`${name} gives no credentials: ${found.fault}`);
}

function noCredentials(message: string): CallFailed {
  return new CallFailed({ operation: 'GetCredentials', code: profileFailedCode, message, attempts: 1 });
}

import type { Provider } from '../domain/base/provider.js';
import { providerOf, type ToolIdentity } from '../domain/base/tool-identity.js';
import { type MachineOrigin, originText } from '../domain/chain/base-identity.js';
import { CallFailed } from '../domain/chain/call-failure.js';
import type { Environment } from '../domain/input/environment.js';
import { readMachineFiles } from './machine-files.js';

/** Finds how the machine's credentials are had, in its files as they are at that moment; rejects with CallFailed. */
export function machineProvider(environment: Environment): (origin: MachineOrigin) => Promise<Provider> {
  return async (origin) => {
    const files = await readMachineFiles(environment);
    return providerIn(providerOf(origin, { environment, files }), originText(origin));
  };
}

/** The provider of an identity; throws CallFailed where there is none. */
export function providerIn(found: ToolIdentity, name: string): Provider {
  if (found.kind === 'found') {
    return found.provider;
  }
  const message = `${name} gives no credentials: ${found.fault}`;
  throw new CallFailed({ operation: 'GetCredentials', code: 'CredentialsNotFound', message, attempts: 1 });
}

import type { MachineOrigin } from '../chain/base-identity.js';
import { cliIdentity } from './cli-identity.js';
import type { Machine } from './profile-ways.js';
import { goIdentity, javascriptIdentity } from './sdk-identity.js';
import { keysFound, type Tool, type ToolIdentity, toolProfile, webIdentityFound } from './tool-profile.js';

/** The identity that a tool would use on this machine; test/clients compares it with the real tools. */
export function toolIdentity(tool: Tool, machine: Machine): ToolIdentity {
  const unreadable = machine.files.faults.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    return { kind: 'fault', fault: `${unreadable.path} ${unreadable.what}` };
  }
  switch (tool) {
    case 'AWS CLI and boto3':
      return cliIdentity(machine);
    case 'AWS SDK for Go':
      return goIdentity(machine);
    case 'AWS SDK for JavaScript':
      return javascriptIdentity(machine);
  }
}

/** The identity that a tool would use with a given profile. */
export function toolIdentityOf(tool: Tool, name: string, machine: Machine): ToolIdentity {
  return toolProfile(tool, name, machine) ?? { kind: 'fault', fault: 'it holds settings only', profile: name };
}

/** The current provider of a base identity's credentials; a fault if the machine changed since the choice. */
export function providerOf(origin: MachineOrigin, machine: Machine): ToolIdentity {
  const { environment } = machine;
  switch (origin.kind) {
    case 'profile':
      return toolIdentityOf('AWS CLI and boto3', origin.name, machine);
    case 'environment':
      return keysFound(environment);
    case 'web-identity':
      return (
        webIdentityFound(environment) ?? { kind: 'fault', fault: 'AWS_WEB_IDENTITY_TOKEN_FILE is not set any more' }
      );
    default:
      return { kind: 'found', origin, provider: origin };
  }
}

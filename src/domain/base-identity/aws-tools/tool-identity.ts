import { type MachineOrigin, originText } from '../../chain/base-identity.js';
import type { Machine } from '../machine.js';
import { cli2Identity, cliIdentity } from './aws-cli.js';
import { goIdentity } from './go-sdk.js';
import { javascriptIdentity } from './javascript-sdk.js';
import { toolLimit } from './tool-limits.js';
import { toolIdentityOf } from './tool-profiles.js';
import { keysFound, type Tool, type ToolIdentity, tools, webIdentityFound } from './tool-search.js';

/** The identity that a tool would use on this machine. Tests in test/clients compare it with that of the real tool. */
export function toolIdentity(tool: Tool, machine: Machine): ToolIdentity {
  const unreadable = machine.files.faults.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    return { kind: 'fault', fault: `${unreadable.path} ${unreadable.what}` };
  }
  return within(tool, searches[tool](machine), machine);
}

/** The identity that a tool would use with a given profile on this machine. */
export function toolIdentityAs(tool: Tool, name: string, machine: Machine): ToolIdentity {
  return within(tool, toolIdentityOf(tool, name, machine), machine);
}

function within(tool: Tool, identity: ToolIdentity, machine: Machine): ToolIdentity {
  const limit = identity.kind === 'found' ? toolLimit(tool, identity, machine) : undefined;
  return limit === undefined ? identity : { kind: 'fault', fault: limit };
}

const searches: Readonly<Record<Tool, (machine: Machine) => ToolIdentity>> = {
  'AWS CLI and boto3': cliIdentity,
  'AWS CLI 2': cli2Identity,
  'AWS SDK for Go': goIdentity,
  'AWS SDK for JavaScript': javascriptIdentity,
};

/** Returns a warning if some tools would use another identity than the base identity on this machine; else nothing. */
export function otherIdentityWarnings(origin: MachineOrigin, machine: Machine): readonly string[] {
  const identities = tools.map((tool) => ({ tool, identity: toolIdentity(tool, machine) }));
  const cli = identities.find(({ tool }) => tool === 'AWS CLI and boto3');
  const different = identities.flatMap(({ tool, identity }) => {
    const isRepeated = tool === 'AWS CLI 2' && JSON.stringify(identity) === JSON.stringify(cli?.identity);
    return identity.kind === 'found' && !isSame(identity.origin, origin) && !isRepeated
      ? [`the ${tool} would use ${originText(identity.origin)}`]
      : [];
  });
  return different.length === 0
    ? []
    : [
        `The base identity is ${originText(origin)}. On this machine ${different.join(', and ')}. Unset the variables of the other identity, or select one with credential-source.`,
      ];
}

/** Returns where the credentials of a base identity come from now; a fault if the machine changed since the choice. */
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

function isSame(one: MachineOrigin, other: MachineOrigin): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

import { type BaseCredentials, providerCredentials } from '../../aws/base-credentials.js';
import { metadataIfThere } from '../../aws/machine-credentials.js';
import { openSts } from '../../aws/sts.js';
import { callerIdentity } from '../../aws/sts-calls.js';
import type { BaseServices } from '../../aws/walk-services.js';
import { toolIdentity, toolIdentityAs } from '../../domain/base-identity/aws-tools/tool-identity.js';
import { type ToolIdentity, tools } from '../../domain/base-identity/aws-tools/tool-search.js';
import type { Machine } from '../../domain/base-identity/machine.js';
import { hasNoMetadata } from '../../domain/base-identity/provider.js';
import { CallFailed } from '../../domain/calls/call-failure.js';
import { type ExistingIdentity, whyNeverKept, whyNotKept } from '../../domain/chain/existing-identity.js';
import type { ReachedTarget } from '../../domain/chain/outcome.js';
import type { Target } from '../../domain/chain/target.js';
import { type Credentials, secretsOf } from '../../domain/identifiers/credentials.js';
import type { Environment } from '../../domain/input/environment.js';
import type { Request } from '../../domain/request/request.js';
import { boundAnswers } from '../../net/bound-answers.js';
import { openConnections } from '../../net/connections.js';
import { withTimeLimit } from '../../process/time-limit.js';
import { readMachineFiles } from '../machine/machine-files.js';
import { machineProvider, providerIn } from '../machine/machine-provider.js';
import { suppressSdkWarning } from '../stray-output/node-version.js';
import { stsSettings } from '../walk/sts-settings.js';
import { tokenSource } from '../walk/token-source.js';
import type { WalkContext } from '../walk/walk-context.js';

/** Timeout in milliseconds for reading the machine's credentials. */
const longestWait = 10_000;

type Services = Omit<BaseServices, 'sts'>;

/**
 * Finds the targets whose identity exists already, in the environment or as a profile. Keeps those for which every tool
 * uses the requested role, in an allowed account, with enough time left. Logs why the others are not kept.
 */
export async function keepExisting(request: Request, context: WalkContext): Promise<readonly ReachedTarget[]> {
  const { environment, progress, signal } = context;
  suppressSdkWarning();
  boundAnswers(context.onLongAnswer);
  const connections = openConnections(request.proxy);
  const machine = { environment, files: await readMachineFiles(environment) };
  const services: Services = {
    rules: { attempts: 1, includesFreshRoles: false },
    progress,
    signal,
    token: tokenSource(connections, request, context),
    providerOf: machineProvider(environment),
  };
  try {
    const kept = await Promise.all(
      request.targets.map((target) => {
        const sts = openSts(stsSettings(target, request, { connections, environment }));
        return keep(target, { profile: profileOf(target, request), machine, services: { ...services, sts } });
      }),
    );
    return kept.filter((one) => one !== undefined);
  } finally {
    connections.close();
  }
}

/** The profile in which a target's identity may exist; undefined if it is what the tools use without a profile. */
function profileOf(target: Target, { targets, handover }: Request): string | undefined {
  return targets.length > 1 ? target.name : handover.profile;
}

async function keep(
  target: Target,
  { profile, machine, services }: { profile: string | undefined; machine: Machine; services: BaseServices },
): Promise<ReachedTarget | undefined> {
  const { progress } = services;
  const name = profile === undefined ? '' : ` (${profile})`;
  const obstacle = whyNeverKept(target);
  if (obstacle !== undefined) {
    progress.info(`Not kept${name}: ${obstacle}.`);
    return undefined;
  }
  try {
    const [first, ...others] = await Promise.all(
      distinct(machine, profile).map(async (one) => ({ ...one, ...(await identityOf(one, machine, services)) })),
    );
    if (first === undefined) {
      return undefined;
    }
    const reason = whyNotKept([first, ...others], target, Date.now());
    const { identity, credentials } = first;
    const existing = `the existing credentials are ${identity.arn}`;
    progress.info(reason === undefined ? `Kept${name}: ${existing}.` : `Not kept${name}: ${existing}, ${reason}.`);
    return reason === undefined ? { target, sessions: [], identity, credentials, isKept: true } : undefined;
  } catch (error) {
    if (!(error instanceof CallFailed)) {
      throw error;
    }
    const place = profile === undefined ? 'on this machine' : `in the profile ${profile}`;
    const { code, message } = error.failure;
    progress.info(`Not kept: there are no valid credentials ${place} (${code}: ${message}).`);
    return undefined;
  }
}

/** One identity that tools find, and these tools. */
interface Distinct {
  readonly tools: readonly string[];
  readonly found: ToolIdentity;
}

/** The identities that the tools find, each once with its tools; that of the AWS CLI and boto3 comes first. */
function distinct(machine: Machine, profile: string | undefined): readonly Distinct[] {
  const byIdentity = new Map<string, Distinct>();
  for (const tool of tools) {
    const one = profile === undefined ? toolIdentity(tool, machine) : toolIdentityAs(tool, profile, machine);
    const key = JSON.stringify(one.kind === 'found' ? one.provider : one);
    const same = byIdentity.get(key);
    byIdentity.set(key, { tools: [...(same?.tools ?? []), tool], found: one });
  }
  return [...byIdentity.values()];
}

async function identityOf(
  { tools: who, found }: Distinct,
  { environment }: Machine,
  services: BaseServices,
): Promise<Pick<ExistingIdentity, 'identity' | 'expiration'> & { readonly credentials: Credentials }> {
  const { progress, signal, sts } = services;
  const { credentials } = await withTimeLimit({ signal, milliseconds: longestWait }, (bounded) =>
    credentialsOf(
      found,
      { environment, name: `what the ${who.join(' and ')} would use` },
      { ...services, signal: bounded },
    ),
  ).catch((error) => Promise.reject(signal.aborted || error instanceof CallFailed ? error : tooSlow(error)));
  progress.mask(secretsOf(credentials));
  const identity = await callerIdentity(sts, { credentials, signal, attempt: 1 });
  const { expiration } = credentials;
  return { identity, credentials, ...(expiration !== undefined && { expiration }) };
}

function tooSlow(cause: unknown): unknown {
  return cause instanceof DOMException ? noCredentials(cause.message) : cause;
}

function noCredentials(message: string): CallFailed {
  return new CallFailed({ operation: 'GetCredentials', code: 'CredentialsNotFound', message, attempts: 1 });
}

async function credentialsOf(
  found: ToolIdentity,
  { environment, name }: { environment: Environment; name: string },
  services: BaseServices,
): Promise<BaseCredentials> {
  if (found.kind === 'found' && found.origin.kind === 'metadata') {
    if (hasNoMetadata(environment)) {
      throw noCredentials('this machine has no instance metadata service');
    }
    return { credentials: await metadataIfThere(services.signal) };
  }
  return providerCredentials(providerIn(found, name, environment), services);
}

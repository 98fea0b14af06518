import type { Sts } from '../../aws/sts.js';
import type { WalkServices } from '../../aws/walk-services.js';
import type { BaseIdentity } from '../../domain/chain/base-identity.js';
import { stsLine } from '../../domain/chain/debug-lines.js';
import type { Hop } from '../../domain/chain/hop.js';
import type { TargetOutcome } from '../../domain/chain/outcome.js';
import { hopLocation, type Target } from '../../domain/chain/target.js';
import type { WalkRequest } from '../../domain/chain/walk-request.js';
import { type StsLocation, signingRegion, stsAddress } from '../../domain/endpoint/sts-address.js';
import { proxyFor } from '../../domain/proxy/proxy.js';
import { boundAnswers } from '../../net/bound-answers.js';
import { type Connections, openConnections } from '../../net/connections.js';
import { limitMemory } from '../../process/memory.js';
import { machineProvider } from '../machine/machine-provider.js';
import { mayFindSettings, replaceBlockingFiles } from '../machine/sdk-files.js';
import { suppressSdkWarning } from '../stray-output/node-version.js';
import { openFirstWait } from './first-wait.js';
import { stsSettings } from './sts-settings.js';
import { tokenSource } from './token-source.js';
import type { WalkContext } from './walk-context.js';

/** Walks all targets of a request and closes the connections; resolves to the outcomes in the order of the targets. */
export async function walkChain(request: WalkRequest, context: WalkContext): Promise<readonly TargetOutcome[]> {
  const { progress } = context;
  suppressSdkWarning();
  replaceBlockingFiles(context.environment, { usesContainer: request.targets.some(usesContainer) });
  limitMemory(request.targets.length);
  boundAnswers(context.onLongAnswer);
  const connections = openConnections(request.proxy);
  try {
    const token = tokenSource(connections, request, context);
    requestEarly(request.targets, token);
    connectEarly(request, connections);
    // Loading the SDK blocks the thread, so the requests above are sent first.
    await new Promise((resolve) => setImmediate(resolve));
    const { openSts } = await import('../../aws/sts.js');
    const open = (location: StsLocation) => {
      const place = stsSettings(location, request, { connections, environment: context.environment });
      const address = stsAddress(location, request.endpoint);
      progress.debug(stsLine({ region: place.region, address }, proxyFor(new URL(address), request.proxy)));
      return openSts(place);
    };
    return await walkFrom(token, open, { request, context });
  } finally {
    connections.close();
  }
}

/** Walks, and uses the time of the waits for the ID token and the first hop: it rehearses hops, and does other work. */
async function walkFrom(
  token: WalkServices['token'],
  open: (location: StsLocation) => Sts,
  { request, context }: { readonly request: WalkRequest; readonly context: WalkContext },
): Promise<readonly TargetOutcome[]> {
  const { walk } = await import('../../aws/walk.js');
  const { rehearseHop } = await import('../../aws/rehearse.js');
  const [first] = request.targets;
  const rehearse = (hop: Hop | undefined) =>
    hop === undefined ? undefined : rehearseHop(stsFor(hopLocation(first, hop)), hop, wait.begun);
  const wait = openFirstWait([() => rehearse(first.hops[1]), ...(context.meanwhile ?? [])]);
  const opened = new Map<string, Sts>();
  const stsFor = (location: StsLocation) => {
    const region = signingRegion(location, request.endpoint);
    const sts = opened.get(region) ?? wait.watch(open(location));
    opened.set(region, sts);
    return sts;
  };
  try {
    if (first.base.kind === 'oidc') {
      void rehearse(first.hops[0]);
    }
    return await walk(request.targets, {
      rules: request.retry,
      signal: context.signal,
      progress: context.progress,
      stsFor,
      token,
      providerOf: machineProvider(context.environment),
      alphanumericSecret: request.alphanumericSecret,
    });
  } finally {
    wait.end();
  }
}

function usesContainer({ base }: Target): boolean {
  return base.kind === 'EcsContainer' || (base.kind === 'default-chain' && base.origin.kind === 'container');
}

/** Requests the ID token before the AWS SDK is loaded; the hop that needs the token reports a failure. */
function requestEarly(targets: readonly Target[], token: (base: BaseIdentity) => Promise<string>): void {
  for (const { base } of targets.filter((target) => target.base.kind === 'oidc')) {
    token(base).catch(() => undefined);
  }
}

/**
 * Connects to STS while the ID token is requested. Does nothing if the machine may have settings for another endpoint,
 * or if the token service is on the same host: the hop then uses the connection of the token.
 */
function connectEarly({ targets: [first], endpoint }: WalkRequest, connections: Connections): void {
  const { base } = first;
  if (base.kind !== 'oidc' || !URL.canParse(base.requestUrl) || mayFindSettings()) {
    return;
  }
  const address = new URL(stsAddress(hopLocation(first, first.hops[0]), endpoint));
  if (address.host !== new URL(base.requestUrl).host) {
    connections.prepare(address);
  }
}

import type { Sts } from '../aws/sts.js';
import type { BaseIdentity } from '../domain/chain/base-identity.js';
import { stsLine } from '../domain/chain/debug-lines.js';
import type { TargetOutcome } from '../domain/chain/outcome.js';
import type { Target } from '../domain/chain/target.js';
import type { WalkRequest } from '../domain/chain/walk-request.js';
import { proxyFor } from '../domain/endpoint/proxy.js';
import { type StsLocation, stsAddress, stsRegion } from '../domain/endpoint/sts-endpoint.js';
import { boundAnswers } from '../net/bound-answers.js';
import { openConnections } from '../net/connections.js';
import { limitMemory } from '../process/memory.js';
import { stsPlace } from './connections.js';
import { tokenSource } from './id-tokens.js';
import { machineProvider } from './machine-provider.js';
import { hideSdkNotice } from './node-version.js';
import { guardSdkFiles } from './sdk-files.js';
import type { WalkContext } from './walk-context.js';

/** Walks every target of a request; resolves to the outcomes. Closes every connection at the end. */
export async function walkChain(request: WalkRequest, context: WalkContext): Promise<readonly TargetOutcome[]> {
  const { progress, signal } = context;
  hideSdkNotice();
  guardSdkFiles(context.environment, { usesContainer: request.targets.some(usesContainer) });
  limitMemory(request.targets.length);
  boundAnswers(context.onLongAnswer);
  const connections = openConnections(request.proxy);
  try {
    const token = tokenSource(connections, request, context);
    await askEarly(request.targets, token);
    const { openSts } = await import('../aws/sts.js');
    const { walk } = await import('../aws/walk.js');
    const opened = new Map<string, Sts>();
    const meanwhile = onceAsked(context.meanwhile);
    const stsFor = (location: StsLocation) => {
      const known = opened.get(stsRegion(location));
      if (known !== undefined) {
        return known;
      }
      const place = stsPlace(location, request, { connections, environment: context.environment });
      const address = stsAddress(location, request.endpoint);
      progress.debug(stsLine({ region: place.region, address }, proxyFor(new URL(address), request.proxy)));
      const sts = whileAsking(openSts(place), meanwhile);
      opened.set(place.region, sts);
      return sts;
    };
    const [first] = request.targets;
    if (first.base.kind === 'oidc') {
      void stsFor(first).prepare();
    }
    const retryContext = { rules: request.retry, signal, progress };
    return await walk(request.targets, {
      ...retryContext,
      stsFor,
      token,
      providerOf: machineProvider(context.environment),
      alphanumericSecret: request.alphanumericSecret,
    });
  } finally {
    connections.close();
  }
}

/** The same STS client, with a callback when the first call was sent. */
function whileAsking(sts: Sts, meanwhile: () => void): Sts {
  return {
    ...sts,
    send: (call) => {
      meanwhile();
      return sts.send(call);
    },
  };
}

/** Calls back once, after the next call was sent. */
function onceAsked(work: (() => unknown) | undefined): () => void {
  let todo = work;
  return () => {
    const now = todo;
    todo = undefined;
    if (now !== undefined) {
      // The connection opens in the first turn of the event loop, and is written to in the second.
      setImmediate(() => setImmediate(now));
    }
  };
}

function usesContainer({ base }: Target): boolean {
  return base.kind === 'EcsContainer' || (base.kind === 'default-chain' && base.origin.kind === 'container');
}

/** Requests the ID token while the AWS SDK loads; the hop that needs the token reports a failure. */
async function askEarly(targets: readonly Target[], token: (base: BaseIdentity) => Promise<string>): Promise<void> {
  for (const { base } of targets.filter((target) => target.base.kind === 'oidc')) {
    token(base).catch(() => undefined);
  }
  // Loading blocks the thread, so send the request first.
  await new Promise((resolve) => setImmediate(resolve));
}

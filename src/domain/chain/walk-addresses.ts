import { stsAddress } from '../endpoint/sts-address.js';
import { hopLocation, type Target } from './target.js';

/** Every address that a walk calls: STS for each target, and the job's token service. Invalid addresses are omitted. */
export function walkAddresses(targets: readonly Target[], endpoint: string | undefined): readonly URL[] {
  const tokenServices = targets.flatMap(({ base }) => (base.kind === 'oidc' ? [base.requestUrl] : []));
  const locations = targets.flatMap((target) => [target, ...target.hops.map((hop) => hopLocation(target, hop))]);
  const sts = locations.map((location) => stsAddress(location, endpoint));
  return [...new Set([...sts, ...tokenServices])].filter((text) => URL.canParse(text)).map((text) => new URL(text));
}

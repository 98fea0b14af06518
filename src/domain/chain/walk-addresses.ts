import { stsAddress } from '../endpoint/sts-endpoint.js';
import { hopLocation, type Target } from './target.js';

/** Every address that a walk asks: STS for each target, and the token service of the job. A text that is no address is left out. */
export function walkAddresses(targets: readonly Target[], endpoint: string | undefined): readonly URL[] {
  const tokenServices = targets.flatMap(({ base }) => (base.kind === 'oidc' ? [base.requestUrl] : []));
  const locations = targets.flatMap((target) => [target, ...target.hops.map((hop) => hopLocation(target, hop))]);
  const sts = locations.map((location) => stsAddress(location, endpoint));
  return [...new Set([...sts, ...tokenServices])].filter((text) => URL.canParse(text)).map((text) => new URL(text));
}

import { regionDisabled } from './aws-error.js';
import type { Realm } from './realm.js';

/** Throws RegionDisabledException when the account has STS switched off in the Region. */
export function checkRegion(realm: Realm, accountId: string, region: string | undefined): void {
  const disabled = realm.world.accounts[accountId]?.disabledRegions ?? [];
  if (region !== undefined && disabled.includes(region)) throw regionDisabled(accountId);
}

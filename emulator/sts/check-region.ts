import type { EmulatorState } from '../session/emulator-state.js';
import { regionDisabled } from '../wire/aws-error.js';

/** Throws RegionDisabledException if STS is not activated for the account in the Region. */
export function checkRegion(state: EmulatorState, accountId: string, region: string | undefined): void {
  const disabled = state.world.accounts[accountId]?.disabledRegions ?? [];
  if (region !== undefined && disabled.includes(region)) {
    throw regionDisabled(accountId);
  }
}

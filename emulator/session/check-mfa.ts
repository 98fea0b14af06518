import { accessDenied } from '../wire/aws-error.js';
import type { Parameters } from '../wire/parameters.js';
import type { Caller } from './caller.js';

/** Whether the call has a valid MFA code. Throws AccessDenied with AWS's text for an invalid code. */
export function checkMfa(parameters: Parameters, caller: Caller): boolean {
  const serial = parameters.text('SerialNumber');
  const code = parameters.text('TokenCode');
  if (serial === undefined && code === undefined) {
    return false;
  }
  if (serial === undefined || code === undefined) {
    throw accessDenied('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.');
  }
  const devices = caller.session === undefined ? (caller.user?.mfaDevices ?? []) : [];
  const device = devices.find((candidate) => candidate.serialNumber === serial);
  if (device === undefined) {
    throw accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  // The trailing space is AWS's.
  if (device.code !== code) {
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
  }
  return true;
}

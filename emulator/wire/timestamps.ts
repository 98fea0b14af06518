/** Formats a time as AWS's `Expiration` does: whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. Argument in epoch milliseconds. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Formats a time as SigV4 does: `YYYYMMDDTHHMMSSZ`. Argument in epoch milliseconds. */
export function basicTime(milliseconds: number): string {
  return isoSeconds(milliseconds).replace(/[-:]/g, '');
}

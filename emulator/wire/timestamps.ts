/** Writes a moment as AWS's `Expiration` does: whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Writes a moment as SigV4 does: `YYYYMMDDTHHMMSSZ`. */
export function basicTime(milliseconds: number): string {
  return isoSeconds(milliseconds).replace(/[-:]/g, '');
}

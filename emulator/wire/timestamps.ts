/** Formats a time as AWS's `Expiration` does: whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. Argument in epoch milliseconds. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Formats a time as SigV4 does: `YYYYMMDDTHHMMSSZ`. Argument in epoch milliseconds. */
export function basicTime(milliseconds: number): string {
  return isoSeconds(milliseconds).replace(/[-:]/g, '');
}

/** Parses a time in SigV4's form, to epoch milliseconds; `undefined` for any other text. */
export function parseBasicTime(text: string): number | undefined {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  const at = basic.test(text) ? Date.parse(text.replace(basic, '$1-$2-$3T$4:$5:$6Z')) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

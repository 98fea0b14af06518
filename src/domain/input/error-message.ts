/** The message of a thrown value, which can be anything. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}

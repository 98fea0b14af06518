/** Joins names with commas; beyond `most` names, it says only how many more there are. */
export function shortList(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return `${names.slice(0, most).join(', ')}${more}`;
}

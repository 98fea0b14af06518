/** The parameters of the STS calls that this action makes. https://docs.aws.amazon.com/STS/latest/APIReference/ */
const name =
  '(?:Action|Version|RoleArn|RoleSessionName|DurationSeconds|WebIdentityToken|SAMLAssertion|PrincipalArn|Policy(?:Arns[\\w.]*)?|Tags[\\w.]*|TransitiveTagKeys[\\w.]*|ExternalId|SourceIdentity|ProviderId)=';
const parameter = new RegExp(name, 'g');
const leading = new RegExp(`^${name}`);

/**
 * Finds bodies of STS requests in a text, in linear time; returns their ranges `[start, end)`, each from the first
 * parameter to the start of the last parameter's value.
 */
export function requestBodies(text: string): readonly (readonly [number, number])[] {
  const bodies: [number, number][] = [];
  if (!text.includes('&')) {
    return bodies;
  }
  let open: [number, number] | undefined;
  let [from, before] = [0, ''];
  for (const segment of text.split('&')) {
    const length = leading.exec(segment)?.[0].length;
    if (length === undefined) {
      open = undefined;
    } else if (open !== undefined) {
      open[1] = from + length;
    } else {
      const first = [...before.matchAll(parameter)].at(-1);
      if (first !== undefined) {
        open = [from - 1 - before.length + first.index, from + length];
        bodies.push(open);
      }
    }
    from += segment.length + 1;
    before = segment;
  }
  return bodies;
}

/** The parameters of a Query request; the first of duplicates counts. */
export type Form = ReadonlyMap<string, string>;

/** Parses `application/x-www-form-urlencoded` text. */
export function parseForm(text: string): Form {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!form.has(name)) {
      form.set(name, value);
    }
  }
  return form;
}

/** The values of `<name>.member.N` in order of N. */
export function listOf(form: Form, name: string): string[] {
  return indexes(form, name).map((index) => form.get(`${name}.member.${index}`) ?? '');
}

/** The structures of `<name>.member.N.<field>` in order of N. */
export function structuresOf(form: Form, name: string): ReadonlyMap<string, string>[] {
  return indexes(form, name).map((index) => {
    const prefix = `${name}.member.${index}.`;
    return new Map(
      [...form].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]),
    );
  });
}

function indexes(form: Form, name: string): number[] {
  const prefix = `${name}.member.`;
  const found = [...form.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => Number.parseInt(key.slice(prefix.length), 10))
    .filter((index) => index > 0);
  return [...new Set(found)].sort((left, right) => left - right);
}

/** The value of a JSON text; undefined if the text is not valid JSON. V8's message would show a part of the text. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

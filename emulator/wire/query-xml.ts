/** An XML element: its name, then text or child elements. `undefined` content omits the element. */
export type XmlElement = readonly [name: string, content: string | number | readonly XmlElement[] | undefined];

/** The XML namespace of STS answers. */
export const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
};

/** Escapes text for XML. Characters that XML 1.0 does not allow become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\r]/g, (character) => entities[character] ?? character);
}

/** Renders an element as STS does: two spaces per level, a newline at the end. */
export function renderXml(element: XmlElement, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`;
  return `${renderAt(element, '', attribute)}\n`;
}

function renderAt([name, content]: XmlElement, indent: string, attribute: string): string {
  if (typeof content === 'string' || typeof content === 'number') {
    return `${indent}<${name}${attribute}>${escapeXml(String(content))}</${name}>`;
  }
  const children = (content ?? []).filter(([, inner]) => inner !== undefined);
  if (children.length === 0) {
    return `${indent}<${name}${attribute}/>`;
  }
  const lines = children.map((child) => renderAt(child, `${indent}  `, ''));
  return `${indent}<${name}${attribute}>\n${lines.join('\n')}\n${indent}</${name}>`;
}

const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';

/** A parsed assertion. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  readonly subjectType: string;
  readonly audience: string;
  readonly notOnOrAfter: number;
  readonly sessionNotOnOrAfter: number | undefined;
  /** Values by attribute name, without AWS's prefix. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** Parses a base64 SAML response without verifying signatures; `undefined` for any other text. */
export function readAssertion(base64: string): Assertion | undefined {
  const xml = Buffer.from(base64, 'base64').toString('utf8');
  const issuer = /<(?:\w+:)?Issuer\b[^>]*>([^<]*)</.exec(xml)?.[1];
  const [, format = '', subject] = /<(?:\w+:)?NameID\b([^>]*)>([^<]*)</.exec(xml) ?? [];
  const audience = /<(?:\w+:)?Audience\b[^>]*>([^<]*)</.exec(xml)?.[1];
  const end = /[^n]NotOnOrAfter="([^"]*)"/.exec(xml)?.[1];
  if (issuer === undefined || subject === undefined || audience === undefined || end === undefined) {
    return undefined;
  }
  const sessionEnd = /SessionNotOnOrAfter="([^"]*)"/.exec(xml)?.[1];
  const attributes = new Map<string, string[]>();
  for (const [, name = '', body = ''] of xml.matchAll(
    /<(?:\w+:)?Attribute Name="([^"]*)"[^>]*>(.*?)<\/(?:\w+:)?Attribute>/gs,
  )) {
    const values = [...body.matchAll(/<(?:\w+:)?AttributeValue\b[^>]*>([^<]*)</g)].map(([, value = '']) =>
      unescapeXml(value),
    );
    attributes.set(unescapeXml(name).replace(attributePrefix, ''), values);
  }
  return {
    issuer: unescapeXml(issuer),
    subject: unescapeXml(subject),
    subjectType: /:(persistent|transient)"/.exec(format)?.[1] ?? 'unspecified',
    audience: unescapeXml(audience),
    notOnOrAfter: Date.parse(end),
    sessionNotOnOrAfter: sessionEnd === undefined ? undefined : Date.parse(sessionEnd),
    attributes,
  };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#xD': '\r' };

function unescapeXml(text: string): string {
  return text.replace(/&(\w+|#xD);/g, (whole, name: string) => named[name] ?? whole);
}

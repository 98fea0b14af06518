import { escapeXml } from '../../emulator/wire/query-xml.js';

const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';

/** The content of a SAML assertion; times in epoch milliseconds, durations in seconds. */
interface AssertionFacts {
  readonly roleArn: string;
  readonly providerArn: string;
  readonly sessionName: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly sessionDuration?: number;
  readonly sourceIdentity?: string;
  readonly principalTags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** The time of issue; default: now. */
  readonly now?: number;
  /** The end of its validity; default: five minutes after `now`. */
  readonly notOnOrAfter?: number;
}

/** Creates an unsigned SAML response in base64, as an identity provider would post it. */
export function samlAssertion(facts: AssertionFacts): string {
  const now = facts.now ?? Date.now();
  const end = new Date(facts.notOnOrAfter ?? now + 300_000).toISOString();
  const attributes: [string, readonly string[]][] = [
    ['Role', [`${facts.roleArn},${facts.providerArn}`]],
    ['RoleSessionName', [facts.sessionName]],
    ...optional('SessionDuration', facts.sessionDuration),
    ...optional('SourceIdentity', facts.sourceIdentity),
    ...Object.entries(facts.principalTags ?? {}).map(([k, v]): [string, string[]] => [`PrincipalTag:${k}`, [v]]),
    ...(facts.transitiveTagKeys === undefined
      ? []
      : [['TransitiveTagKeys', facts.transitiveTagKeys] as [string, string[]]]),
  ];
  const statements = attributes.map(
    ([name, values]) =>
      `<saml:Attribute Name="${escapeXml(attributePrefix + name)}">${values.map((value) => element('AttributeValue', value)).join('')}</saml:Attribute>`,
  );
  const xml = [
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">',
    element('Issuer', facts.issuer ?? 'https://idp.example.com/saml'),
    '<saml:Subject>',
    `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${escapeXml(facts.subject ?? 'robot')}</saml:NameID>`,
    `<saml:SubjectConfirmation><saml:SubjectConfirmationData NotOnOrAfter="${end}"/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotOnOrAfter="${end}"><saml:AudienceRestriction>`,
    element('Audience', facts.audience ?? 'https://signin.aws.amazon.com/saml'),
    `</saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>${statements.join('')}</saml:AttributeStatement>`,
    '</saml:Assertion></samlp:Response>',
  ];
  return Buffer.from(xml.join('')).toString('base64');
}

function optional(name: string, value: string | number | undefined): [string, string[]][] {
  return value === undefined ? [] : [[name, [String(value)]]];
}

function element(name: string, text: string): string {
  return `<saml:${name}>${escapeXml(text)}</saml:${name}>`;
}

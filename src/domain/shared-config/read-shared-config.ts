import { parseSections, type Section, type Sections } from './sections.js';
import type { FileFault, Profile, SharedConfig, SharedConfigFile } from './shared-config.js';

interface ReadFile {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly headers: ReadonlyMap<string, string>;
  /** Profiles whose identity keys every tool recognizes. */
  readonly plain: ReadonlySet<string>;
  /** Profiles whose values the AWS CLI and boto3 read differently than the SDKs. */
  readonly nested: ReadonlySet<string>;
  readonly ssoSessions: readonly string[];
  readonly faults: readonly FileFault[];
  readonly moreFaults: number;
}

/** Parses both AWS files as AWS's tools do. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
export function readSharedConfig(configFile: SharedConfigFile, credentialsFile: SharedConfigFile): SharedConfig {
  const config = readFile(configFile, configProfile);
  const credentials = readFile(credentialsFile, credentialsProfile);
  const names = new Set([...config.sections.keys(), ...credentials.sections.keys()]);
  const profiles = [...names].map((name): [string, Profile] => {
    const [own, keys] = [config.sections.get(name), credentials.sections.get(name)];
    const profile = {
      name,
      ...(own && { config: own }),
      ...(keys && { credentials: keys }),
      ...(own && { header: config.headers.get(name) ?? '' }),
      ...(keys && { credentialsHeader: credentials.headers.get(name) ?? '' }),
      entries: new Map([...(own ?? []), ...(keys ?? [])]),
      isPlain: config.plain.has(name) === (own !== undefined) && credentials.plain.has(name) === (keys !== undefined),
      isFlat: config.nested.has(name) === false && credentials.nested.has(name) === false,
      files: [...(own ? [configFile.path] : []), ...(keys ? [credentialsFile.path] : [])],
    };
    return [name, profile];
  });
  return {
    configFile: configFile.path,
    credentialsFile: credentialsFile.path,
    profiles: new Map(profiles),
    ssoSessions: new Set(config.ssoSessions),
    faults: [...config.faults, ...credentials.faults],
    moreFaults: config.moreFaults + credentials.moreFaults,
  };
}

type ProfileOf = (section: Section) => string | undefined;

/** In the config file, a profile is `[default]` or `[profile name]`. */
const configProfile: ProfileOf = ({ name }) =>
  name === 'default' ? name : name.startsWith('profile ') ? name.slice('profile '.length) : undefined;

/** In the credentials file, a profile is `[name]`; `[profile name]` is not a profile there. */
const credentialsProfile: ProfileOf = ({ name, header }) => (isPrefixed(header) ? undefined : name);

function readFile({ path, text = '', fault }: SharedConfigFile, profileOf: ProfileOf): ReadFile {
  const sections = new Map<string, ReadonlyMap<string, string>>();
  const headers = new Map<string, string>();
  const plain = new Set<string>();
  const nested = new Set<string>();
  const titles = new Set<string>();
  const parsed = parseSections(text);
  const lineFaults = [...faultsOfSections(parsed, profileOf), ...faultsOfLines(parsed, profileOf)];
  for (const section of parsed.sections) {
    const profile = profileOf(section);
    const title = titleOf(section);
    titles.add(title);
    // `[profile default]` wins over `[default]`, even if it comes first.
    if (profile !== undefined && !(title === 'default' && titles.has('profile default'))) {
      sections.set(profile, section.entries);
      headers.set(profile, section.header.trim());
      if (section.isPlain) {
        plain.add(profile);
      }
      if (!section.isFlat) {
        nested.add(profile);
      }
    }
  }
  const ssoSessions = parsed.sections.flatMap(({ name }) =>
    /^sso-session /.test(name) ? [name.slice('sso-session '.length)] : [],
  );
  const unreadable = fault === undefined ? [] : [{ path, kind: 'unreadable' as const, what: fault }];
  const mark = text.startsWith('\uFEFF') ? [{ path, kind: 'mark' as const, what: byteOrderMark }] : [];
  const kept = keptFaults(lineFaults).map((one) => ({ path, kind: 'line' as const, ...one }));
  const moreFaults = lineFaults.length - kept.length;
  return { sections, headers, plain, nested, ssoSessions, faults: [...unreadable, ...mark, ...kept], moreFaults };
}

/** The name by which duplicate sections are recognized: `[default]` and `[profile default]` are not duplicates. */
function titleOf({ name, header }: Section): string {
  return name === 'default' && isPrefixed(header) ? 'profile default' : name;
}

function isPrefixed(header: string): boolean {
  return /^\s*\[\s*profile\s/.test(header);
}

const byteOrderMark = 'it begins with a byte order mark';

type LineFault = Pick<FileFault, 'what' | 'profile'>;

function faultsOfSections({ sections }: Sections, profileOf: ProfileOf): readonly LineFault[] {
  const titles = new Set<string>();
  const faults: LineFault[] = [];
  for (const section of sections) {
    const profile = profileOf(section);
    const title = titleOf(section);
    const inProfile = profile === undefined ? {} : { profile };
    if (titles.has(title)) {
      faults.push({ what: `line ${section.line} begins the section [${title}] a second time`, ...inProfile });
    }
    titles.add(title);
    for (const line of section.repeatedLines) {
      faults.push({ what: `line ${line} repeats a key of its section`, ...inProfile });
    }
  }
  return faults;
}

function faultsOfLines({ sections, malformed }: Sections, profileOf: ProfileOf): readonly LineFault[] {
  let next = 0;
  return malformed.map(({ line }) => {
    while ((sections[next]?.line ?? line) < line) {
      next += 1;
    }
    const section = sections[next - 1];
    const profile = section && profileOf(section);
    const what = `line ${line} is neither a section nor a key with a value`;
    return { what, ...(profile !== undefined && { profile }) };
  });
}

/** Maximum faults kept of a file, besides the first one of each profile. */
const mostFaults = 20;

function keptFaults(faults: readonly LineFault[]): readonly LineFault[] {
  const seen = new Set<string | undefined>();
  return faults.filter(({ profile }, index) => {
    const isFirst = !seen.has(profile);
    seen.add(profile);
    return isFirst || index < mostFaults;
  });
}

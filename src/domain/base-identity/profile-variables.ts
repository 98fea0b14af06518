import { nearest } from '../input/nearest.js';
import type { Places } from '../input/place.js';
import type { Machine } from './machine.js';

/** A variable that names a profile. */
export interface ProfileVariable {
  readonly variable: string;
  readonly name: string;
}

/** The non-empty variables that name a profile; the one that boto3 and version 1 of the AWS CLI prefer comes first. */
export function profileVariables({ environment }: Pick<Machine, 'environment'>): readonly ProfileVariable[] {
  return ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'].flatMap((variable) => {
    const name = environment[variable];
    return name ? [{ variable, name }] : [];
  });
}

/** Reports two variables that name different profiles: AWS's tools would use different identities. */
export function reportDifferent(variables: readonly ProfileVariable[], places: Places): void {
  places(variables.map(({ variable }) => variable).join(', ')).report(
    `they name different profiles (${variables.map(({ name }) => name).join(' and ')}), so boto3 and version 1 of the AWS CLI would use another identity than version 2 and the SDKs for Go and JavaScript`,
    'Give both variables the same value, or remove one of them',
  );
}

/** Reports a variable whose profile is in none of the AWS files, or under a header that boto3 reads as another name. */
export function reportAbsent({ variable, name }: ProfileVariable, { files }: Machine, places: Places): void {
  const { configFile, credentialsFile, faults } = files;
  const written = files.profiles.get(name);
  if (written !== undefined) {
    places(variable).report(
      `it names the profile ${name}, and its header in ${written.files.join(' and ')} has a space after the bracket, which the AWS CLI and boto3 read as part of the name`,
      'Remove the blank',
    );
    return;
  }
  const meant = files.profiles.size === 0 ? undefined : nearest(name, [...files.profiles.keys()]);
  const first = faults.slice(0, 3).map(({ path, what }) => `${path}: ${what}`);
  const cause = first.length === 0 ? '' : ` (${first.join('; ')})`;
  places(variable).report(
    `it names the profile ${name}, which is neither in ${configFile} nor in ${credentialsFile}${cause}`,
    `${meant === undefined ? 'Correct it' : `Did you mean ${meant}? Correct it`}, set it to an empty value, or set credential-source to another source`,
  );
}

import { nearest } from '../input/nearest.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { isRegionName, partitionOfRegion, regionsOfEveryAccount } from './partition.js';

/** Names that SDKs and consoles use like a Region, but that are not Regions. */
const pseudoRegions = /^(aws(-[a-z]+)*-global|global)$/;

/** Reads an AWS Region; reports a problem and returns undefined otherwise. */
export function parseRegion(text: string, place: Place): string | undefined {
  if (pseudoRegions.test(text)) {
    place.report(
      `${quote(text)} means global endpoints and is not a Region`,
      'Write the Region that you work in, like us-east-1',
    );
    return undefined;
  }
  const [, region] = /^([a-z]+(?:-[a-z]+)+-\d+)[a-z]$/.exec(text) ?? [];
  if (region !== undefined) {
    place.report(`${quote(text)} is an Availability Zone, not a Region`, `Write ${region}`);
    return undefined;
  }
  if (!isRegionName(text)) {
    const meant = likelyRegion(text);
    const fix = meant === undefined ? 'Write a Region like eu-west-1' : `Did you mean ${meant}?`;
    place.report(`${quote(text)} is not an AWS Region`, fix);
    return undefined;
  }
  return text;
}

/** Reads the Region of a non-AWS STS, which can have any name; it is not used in a host name. */
export function parseOtherRegion(text: string, place: Place): string | undefined {
  if (/^[\w.-]{1,64}$/.test(text)) {
    return text;
  }
  place.report(`${quote(text)} cannot be a Region`, 'A Region has letters, digits and -_.');
  return undefined;
}

/** The Region that a damaged text most likely means. */
function likelyRegion(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\p{Pd}]+/gu, '-')
    .replace(/[^a-z\d-]/g, '');
  return partitionOfRegion(plain) === undefined ? nearest(plain, [...regionsOfEveryAccount]) : plain;
}

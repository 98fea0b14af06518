import { partitionOfEndpoint } from '../endpoint/aws-endpoint.js';
import { isRoleArn } from '../identifiers/arn.js';
import { partitionOf, partitionOfRegion } from '../identifiers/partition.js';
import type { Place, Places } from '../input/place.js';
import { quote } from '../input/quote.js';
import type { BaseIdentity } from './base-identity.js';
import { checkHop } from './check-hop.js';
import { type Hop, inheritedAt } from './hop.js';

/** What a chain is checked against, and where its parts are declared. */
export interface ChainContext {
  readonly base: BaseIdentity;
  readonly region?: string | undefined;
  /** Where the Region is declared. */
  readonly regionPlace: Place;
  readonly endpoint?: string | undefined;
  readonly isOtherService: boolean;
  readonly hopPlaces: readonly Place[];
}

interface PlacedHop {
  readonly hop: Hop;
  readonly place: Place;
}

/** Reports everything in a chain that AWS is certain to reject. */
export function checkChain(hops: readonly Hop[], context: ChainContext, places: Places): void {
  const { base, region, endpoint, hopPlaces } = context;
  const placed = hops.flatMap((hop, index): PlacedHop[] => {
    const place = hopPlaces[index];
    return place === undefined ? [] : [{ hop, place }];
  });
  if (!context.isOtherService) {
    checkPartitions(placed, region, context.regionPlace);
  }
  checkProvider(hops, base, places);
  checkEndpoint(hops, endpoint, places);
  checkSourceIdentity(placed);
  for (const [index, { hop, place }] of placed.entries()) {
    checkHop(hop, place);
    checkInheritedTags(hops, index, place.at('custom-tags'));
  }
}

function checkPartitions(placed: readonly PlacedHop[], region: string | undefined, regionPlace: Place): void {
  const roles = placed.flatMap(({ hop: { role }, place }) =>
    isRoleArn(role) && partitionOf(role.partition) !== undefined ? [{ role, place }] : [],
  );
  const first = roles[0];
  if (first === undefined) {
    return;
  }
  const other = roles.find(({ role }) => role.partition !== first.role.partition);
  if (other !== undefined) {
    other.place.report(
      `the chain crosses from partition ${first.role.partition} into ${other.role.partition}, and no AWS credentials exist in both`,
      'Use a separate step for each partition, with its own base identity',
    );
  }
  const regional = region === undefined ? undefined : partitionOfRegion(region);
  if (regional !== undefined && regional.id !== first.role.partition) {
    regionPlace.report(
      `${quote(region ?? '')} is in partition ${regional.id}, but the first role is in ${first.role.partition}`,
      `Set aws-region to a Region of ${first.role.partition}, like ${partitionOf(first.role.partition)?.defaultRegion}`,
    );
  }
}

function checkProvider([first]: readonly Hop[], base: BaseIdentity, places: Places): void {
  if (base.kind !== 'saml' || first === undefined || !isRoleArn(first.role)) {
    return;
  }
  const [, partition] = base.providerArn.split(':');
  if (partition !== first.role.partition) {
    places('saml-provider-arn').report(
      `the provider is in partition ${partition}, but the first role is in ${first.role.partition}`,
      "Name a provider of the role's own partition",
    );
  }
}

/** Reports an AWS endpoint of another partition than the first role's; a non-AWS STS may serve any partition. */
function checkEndpoint(hops: readonly Hop[], endpoint: string | undefined, places: Places): void {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  const partition = partitionOfEndpoint(endpoint)?.id;
  if (endpoint !== undefined && role !== undefined && partition !== undefined && partition !== role.partition) {
    places('sts-endpoint').report(
      `${quote(new URL(endpoint).hostname)} answers for partition ${partition}, but the first role is in ${role.partition}`,
      "Name an endpoint of the roles' partition, or remove the input",
    );
  }
}

function checkSourceIdentity(placed: readonly PlacedHop[]): void {
  const setters = placed.flatMap(({ hop: { sourceIdentity }, place }) =>
    sourceIdentity === undefined ? [] : [{ sourceIdentity, place }],
  );
  const [first] = setters;
  const other = setters.find(({ sourceIdentity }) => sourceIdentity !== first?.sourceIdentity);
  if (first !== undefined && other !== undefined) {
    other.place
      .at('source-identity')
      .report(
        `${quote(other.sourceIdentity)} differs from ${quote(first.sourceIdentity)}, which an earlier hop sets`,
        'A source identity applies to the rest of the chain; set it once',
      );
  }
}

function checkInheritedTags(hops: readonly Hop[], index: number, place: Place): void {
  for (const { tag, fromHop } of inheritedAt(hops, index).tags) {
    if (hops[index]?.tags.some(({ key }) => key.toLowerCase() === tag.key.toLowerCase())) {
      place.report(
        `tag key ${quote(tag.key)} is transitive from hop ${fromHop + 1}, and no later hop can set it again`,
        'Use another key, or do not make the tag transitive there',
      );
    }
  }
}

import { invalidParameter } from '../wire/aws-error.js';
import type { SessionTag } from './sessions.js';

interface RequestedTags {
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveTagKeys: readonly string[];
}

/** Checks the requested session tags, also against the inherited ones. Returns all tags of the session. */
export function combineTags(requested: RequestedTags, inherited: readonly SessionTag[]): SessionTag[] {
  const keys = requested.tags.map((tag) => tag.key.toLowerCase());
  const transitive = requested.transitiveTagKeys.map((key) => key.toLowerCase());
  const held = inherited.map((tag) => tag.key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
  }
  if (keys.some((key) => held.includes(key)) || transitive.some((key) => held.includes(key))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  if (!transitive.every((key) => keys.includes(key))) {
    throw invalidParameter('The specified transitive tag key must be included in the requested tags.');
  }
  const own = requested.tags.map((tag) => ({ ...tag, transitive: transitive.includes(tag.key.toLowerCase()) }));
  return [...inherited, ...own];
}

/** The tags that the next session inherits. */
export function inheritedTags(tags: readonly SessionTag[] | undefined): readonly SessionTag[] {
  return (tags ?? []).filter((tag) => tag.transitive);
}

/** A role's own tags, overridden by session tags. Keys are case-insensitive; the session tag's spelling is kept. */
export function overlay(
  own: Readonly<Record<string, string>> | undefined,
  tags: readonly SessionTag[],
): [string, string][] {
  const merged = new Map(Object.entries(own ?? {}).map(([key, value]) => [key.toLowerCase(), [key, value] as const]));
  for (const tag of tags) {
    merged.set(tag.key.toLowerCase(), [tag.key, tag.value]);
  }
  return [...merged.values()].map(([key, value]) => [key, value]);
}

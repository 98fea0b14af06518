import type { StepResult } from '../../runner/step-result.js';
import { echoes } from './echoes.js';

/** Longest visible part of a secret, in characters; shorter parts occur by chance and reveal little. */
const mostSeen = 11;

/** A text that repeats secrets in every known encoding. */
export function echoOf(secrets: readonly string[]): string {
  return Object.values(echoes)
    .flatMap(({ write }) => secrets.map((secret) => `<${write(secret)}>`))
    .join(' ');
}

/** Everything that a step shows, except the commands that mask. */
export function shownBy({ rawLines, annotations, rawSummary }: StepResult): string {
  const lines = rawLines.map(({ line }) => line).filter((line) => !line.startsWith('::add-mask::'));
  const texts = annotations.flatMap(({ title = '', message }) => [title, message]);
  return [...lines, ...texts, rawSummary].join('\n');
}

/** The secrets of which a text shows a part, in any encoding and at any position. */
export function exposedIn(text: string, secrets: readonly string[]): readonly string[] {
  const readings = [...new Set(Object.values(echoes).map(({ read }) => read(text).replace(/[\s*]/g, '')))];
  return secrets.flatMap((secret) => {
    const starts = Array.from({ length: Math.min(100, secret.length - mostSeen) }, (_, index) => index * 2);
    const parts = starts
      .map((start) => secret.slice(start, start + mostSeen))
      .filter((part) => part.length === mostSeen);
    return parts.filter((part) => readings.some((reading) => reading.includes(part))).slice(0, 1);
  });
}

import { expect, test } from 'vitest';
import { changelogSection } from '../../scripts/changelog-section.js';

const changelog = `# Changelog

## [Unreleased]

- later

## [1.1.0] - 2026-02-01

### Added

- a thing

## 1.0.10

- the tenth

## v1.0.1
- the first

## 1.0.0

[1.1.0]: https://example.com
`;

test('the notes of a version are its section of the changelog, in any form of heading', () => {
  expect(changelogSection(changelog, '1.1.0')).toBe('### Added\n\n- a thing');
  expect(changelogSection(changelog.replaceAll('\n', '\r\n'), '1.0.10')).toBe('- the tenth');
  expect(changelogSection(changelog, '1.0.1')).toBe('- the first');
});

test('a version with a missing or empty section cannot be released', () => {
  expect(() => changelogSection(changelog, '1.0.2')).toThrow('no section for 1.0.2');
  expect(() => changelogSection(changelog, '1.0.0')).toThrow('section for 1.0.0 is empty');
});

import { describe, expect, it } from 'vitest';
import { isImmutableSubject } from '../../../src/domain/id-token/subject.js';

describe('the form of a subject', () => {
  it.each([
    ['repo:octo-org@123/octo-repo@456:ref:refs/heads/main', true],
    ['repo:octo-org@123/octo-repo@456:environment:prod', true],
    ['repo:octo-org@123/octo-repo@456:pull_request', true],
    ['repo:octo-org@123/octo-repo@456', true],
    ['repo:octo-org/octo-repo:ref:refs/heads/main', false],
    ['repo:octo-org@123/octo-repo:pull_request', false],
    ['repo:octo-org/octo-repo:ref:refs/heads/a@1/b@2', false],
    ['repo:octo-org@x/octo-repo@y:pull_request', false],
    ['', false],
  ])('%s', (subject, isImmutable) => {
    expect(isImmutableSubject(subject)).toBe(isImmutable);
  });
});

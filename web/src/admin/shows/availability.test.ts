import { expect, test } from 'vitest';
import { windowOf } from './availability';

const NOON = '2026-11-27T12:00:00.000Z';
const BEFORE = '2026-11-27T11:59:59.000Z';
const AFTER = '2026-11-27T12:00:01.000Z';

test.each([
  ['no limits', null, null, null, null],
  ['a beginning that has come', NOON, null, null, null],
  ['a beginning to come', AFTER, null, AFTER, null],
  ['an end to come', BEFORE, AFTER, null, null],
  ['an end that has come', BEFORE, NOON, null, NOON],
])('%s', (_case, availableFrom, availableUntil, opensAt, closedAt) => {
  const show = { state: 'available' as const, availableFrom, availableUntil };

  expect(windowOf(show, Date.parse(NOON))).toEqual({ opensAt, closedAt });
});

test('what is not published has another reason not to be seen', () => {
  const show = { state: 'withdrawn' as const, availableFrom: AFTER, availableUntil: null };

  expect(windowOf(show, Date.parse(NOON))).toEqual({ opensAt: null, closedAt: null });
});

import { expect, test } from 'vitest';
import { facetsOf, queryOf } from './facets';

test('a search can be sent to somebody as an address', () => {
  const facets = { q: 'rabbit & co', genre: 'Comedy', sort: 'title' as const };

  const address = new URLSearchParams(queryOf(facets)).toString();

  expect(facetsOf(new URLSearchParams(address))).toEqual(facets);
});

test('what nobody has chosen is not in the address', () => {
  expect(queryOf({ q: '', genre: '', sort: 'latest' })).toEqual({});
});

test('a sort that does not exist falls back to the newest first', () => {
  expect(facetsOf(new URLSearchParams('sort=price')).sort).toBe('latest');
});

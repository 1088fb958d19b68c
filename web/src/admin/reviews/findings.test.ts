import { expect, test } from 'vitest';
import type { Review } from '../../api/types';
import { findingBeside, findingsOf, lanesOf } from './findings';

const review = (id: string, round: number, starts: (number | null)[], label = 'black') =>
  ({
    id,
    round,
    reviewer: { id: null, name: `agent ${id}`, kind: 'agent' },
    findings: starts.map((startSeconds) => ({
      label,
      startSeconds,
      endSeconds: null,
      score: null,
      note: '',
    })),
  }) as unknown as Review;

test('findings of an earlier round are of an earlier film', () => {
  const found = findingsOf([review('new', 2, [5]), review('old', 1, [1])]);

  expect(found.map((each) => each.by)).toEqual(['agent new']);
});

test('a program that looked again has changed its mind', () => {
  expect(findingsOf([review('a', 1, []), review('a', 1, [4]), review('b', 1, [5])])).toMatchObject([
    { by: 'agent b' },
  ]);
});

test('what is about the whole film comes first, the rest in the order of the film', () => {
  const found = findingsOf([review('a', 1, [7, null]), review('b', 1, [3])]);

  expect(found.map((each) => each.finding.startSeconds)).toEqual([null, 3, 7]);
});

test('each label has a line of its own', () => {
  const lanes = lanesOf(findingsOf([review('a', 1, [1, null]), review('b', 1, [2], 'silence')]));

  expect(lanes.map(([label, found]) => [label, found.length])).toEqual([
    ['black', 1],
    ['silence', 1],
  ]);
});

test('jumping goes to the next one and the one before, and nowhere past the ends', () => {
  const found = findingsOf([review('a', 1, [1, 5, 9])]);

  expect(findingBeside(found, 5, 1)).toBe(9);
  expect(findingBeside(found, 5.2, -1)).toBe(1);
  expect(findingBeside(found, 9, 1)).toBeNull();
  expect(findingBeside([], 0, -1)).toBeNull();
});

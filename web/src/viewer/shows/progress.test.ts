import { expect, test } from 'vitest';
import type { WatchedShow } from '../../api/types';
import { fractionWatched, isUnderWay } from './progress';

const watched = (positionSeconds: number, durationSeconds: number | null, finished = false) =>
  ({ positionSeconds, finished, show: { durationSeconds } }) as WatchedShow;

test('a film that was hardly begun is not offered to go on with', () => {
  expect(isUnderWay(watched(10, 6000))).toBe(false);
  expect(isUnderWay(watched(600, 6000))).toBe(true);
});

test('a film watched to the end is not offered to go on with', () => {
  expect(isUnderWay(watched(5990, 6000, true))).toBe(false);
});

test('without a known length, a begun film can still be gone on with', () => {
  expect(fractionWatched(watched(600, null))).toBeNull();
  expect(isUnderWay(watched(600, null))).toBe(true);
});

test('a position past the end counts as the whole', () => {
  expect(fractionWatched(watched(7000, 6000))).toBe(1);
});

import { expect, test } from 'vitest';
import { type Marker, markerAt } from './markers';

const RECAP: Marker = { kind: 'recap', startSeconds: 0, endSeconds: 20 };
const INTRO: Marker = { kind: 'intro', startSeconds: 20, endSeconds: 50 };
const CREDITS: Marker = { kind: 'credits', startSeconds: 1700, endSeconds: 1800 };
const MARKERS = [RECAP, INTRO, CREDITS];

test.each([
  [0, RECAP],
  [18.9, RECAP],
  [20, INTRO],
  [50, null],
  [900, null],
  [1700, CREDITS],
  [1799.9, CREDITS],
  [1800, null],
])('second %d belongs to its part of the film', (seconds, expected) => {
  expect(markerAt(MARKERS, seconds)).toBe(expected);
});

test('an intro that is nearly over is not worth a button', () => {
  expect(markerAt(MARKERS, 49.5)).toBeNull();
});

import { expect, test } from 'vitest';
import { clock, facts, languageName, length } from './format';

test.each([
  [42, '42 sec'],
  [60, '1 min'],
  [3600, '1 hr'],
  [6150, '1 hr 43 min'],
])('%i seconds are %s long', (seconds, words) => {
  expect(length(seconds)).toBe(words);
});

test.each([
  [0, '0:00'],
  [65.9, '1:05'],
  [3750, '1:02:30'],
  [-3, '0:00'],
])('the clock shows %d seconds as %s', (seconds, words) => {
  expect(clock(seconds)).toBe(words);
});

test('facts leave out what is missing', () => {
  expect(facts(2008, null, '55 min', '', undefined)).toBe('2008 · 55 min');
});

test('a code that is no language is shown as it is', () => {
  expect(languageName('sv')).toBe('Swedish');
  expect(languageName('!')).toBe('!');
});

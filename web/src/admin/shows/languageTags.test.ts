import { expect, test } from 'vitest';
import { tagMeant } from './languageTags';

test.each([
  ['English', 'en'],
  [' german ', 'de'],
  ['Deutsch', 'de'],
  ['Icelandic', 'is'],
  ['EN', 'en'],
])('%j is taken for the language with the tag %j', (typed, tag) => {
  expect(tagMeant(typed)).toBe(tag);
});

test.each(['', 'Engl', 'de-AT', 'Klingonish'])('%j names no language and stays as it was typed', (typed) => {
  expect(tagMeant(typed)).toBe(typed);
});

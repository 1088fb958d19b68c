import { expect, test } from 'vitest';
import { sayReason } from './reasons';

test.each([
  ['no JSON', 'en', 'No JSON'],
  ['no JSON', 'de', 'Kein JSON'],
  ['not as expected: id, source', 'de', 'Nicht wie erwartet: id, source'],
  [
    '524288000 bytes arrived at s3://bucket/film.mp4',
    'de',
    '524288000 bytes arrived at s3://bucket/film.mp4',
  ],
])('%s, in %s, is %s', (reason, language, said) => {
  expect(sayReason(reason, language)).toBe(said);
});

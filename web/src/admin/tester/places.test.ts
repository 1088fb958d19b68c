import { expect, test } from 'vitest';
import type { StreamFault } from '../../api/types';
import { grouped, sayPlace, sayPlaces } from './places';
import { testerWords } from './words';

test.each([
  ['rendition 2 (640x360)', 'Auflösung 2 (640 × 360)'],
  ['stream', 'Stream'],
  ['master playlist', 'Haupt-Playlist'],
  ['audio Original', 'Ton Original'],
  ['something else', 'something else'],
])('%s is said as %s', (place, said) => {
  expect(sayPlace(place, testerWords.de)).toBe(said);
});

test('the segments of one track stand after its name', () => {
  const places = ['rendition 1, segment 1', 'stream', 'rendition 1, segment 7'];
  expect(sayPlaces(places, testerWords.de)).toBe('Auflösung 1, Segment 1, 7; Stream');
});

test('what is said of several places stands once, with all of them', () => {
  const missing = (place: string): StreamFault => ({
    code: 'missing',
    severity: 'error',
    place,
    detail: 'The server answered 404.',
    found: 'status',
    params: { status: 404 },
    remedy: 'Put it there.',
  });
  const other = { ...missing('stream'), code: 'no_cors' as const, detail: 'It may not.' };

  const groups = grouped([missing('segment 1'), other, missing('segment 7')]);

  expect(groups.map((group) => group.places)).toEqual([['segment 1', 'segment 7'], ['stream']]);
});

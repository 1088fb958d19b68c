import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StreamFault } from '../../api/types';
import { germanSentences, sayFound } from './foundWords';
import { testerWords } from './words';

const fault = (given: Partial<StreamFault>): StreamFault => ({
  code: 'durations_differ',
  severity: 'warning',
  place: 'rendition 2 (640x360)',
  detail: 'It lasts 12.5 s, rendition 1 (426x240) lasts 1200.0 s.',
  found: 'lengths',
  params: { seconds: 12.5, other: 'rendition 1 (426x240)', otherSeconds: 1200 },
  remedy: '',
  ...given,
});

test('what was found is said with its numbers and places as the language writes them', () => {
  expect(sayFound(fault({}), testerWords.de, 'de')).toBe(
    'Die Länge ist 12,5 s, bei Auflösung 1 (426 × 240) sind es 1.200 s.',
  );
  expect(sayFound(fault({}), testerWords.en, 'en')).toBe(fault({}).detail);
});

test('what never came is said by its fault, with the limit that it is about', () => {
  const tooSlow = fault({ code: 'too_slow', found: 'not_fetched', params: { said: '…', limit: 20 } });

  expect(sayFound(tooSlow, testerWords.de, 'de')).toBe('Nach 20 Sekunden war die Antwort nicht da.');
});

test('German names nothing that the API does not', () => {
  const source = readFileSync('../src/showsondemand/admin/stream_tests/found.py', 'utf8');
  const namedIn = (sentence: string) => [...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort();
  const codes = new Map(
    [...source.matchAll(/^ {4}(\w+) = "(\w+)"$/gm)].map(([, name, code]) => [code, name]),
  );

  for (const [code, sentence] of Object.entries(germanSentences)) {
    const english = new RegExp(`Found\\.${codes.get(code)}: "(.*)",`).exec(source)?.[1] ?? '';
    expect([code, namedIn(sentence)]).toEqual([code, namedIn(english)]);
  }
});

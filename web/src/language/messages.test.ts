import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { de } from './messages/de';
import { en } from './messages/en';

function sentences(messages: object): string[] {
  return Object.values(messages).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? sentences(value) : typeof value === 'string' ? [value] : [],
  );
}

test('no message is empty in any language', () => {
  expect([...sentences(en), ...sentences(de)].filter((sentence) => sentence.trim() === '')).toEqual([]);
});

/** Of addresses that no page asks, and of requests that no page makes. */
const ONLY_PROGRAMS_MEET = [
  'certificate-away',
  'dependency-down',
  'event-not-json',
  'file-missing',
  'foreign-origin',
  'hook-busy',
  'host-refused',
  'method-refused',
  'not-http',
  'scope-missing',
  'title-refused',
  'upload-unreadable',
  'verdict-of-programs',
  'webhook-key-refused',
];

test('every problem that a person can meet has words in every language', () => {
  const headings = readFileSync('../docs/problems.md', 'utf8').matchAll(/^## (.+)$/gm);
  const toSay = [...headings]
    .map(([, kind = '']) => kind)
    .filter((kind) => !ONLY_PROGRAMS_MEET.includes(kind));

  expect(Object.keys(en.problem.kinds).sort()).toEqual(toSay.sort());
  expect(Object.keys(de.problem.kinds).sort()).toEqual(toSay.sort());
});

test('one of a thing is not counted as many', () => {
  expect(en.showsFound(1, false)).toBe('1 show');
  expect(en.showsFound(2, false)).toBe('2 shows');
  expect(de.startsIn(1)).toBe('Beginnt in 1 Sekunde');
});

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

test('what German says of problems is said of problems that there are', () => {
  const headings = readFileSync('../docs/problems.md', 'utf8').matchAll(/^## (.+)$/gm);
  const known = new Set([...headings].map(([, kind]) => kind));

  expect(Object.keys(de.problem.kinds).filter((kind) => !known.has(kind))).toEqual([]);
});

test('one of a thing is not counted as many', () => {
  expect(en.showsFound(1, false)).toBe('1 show');
  expect(en.showsFound(2, false)).toBe('2 shows');
  expect(de.startsIn(1)).toBe('Beginnt in 1 Sekunde');
});

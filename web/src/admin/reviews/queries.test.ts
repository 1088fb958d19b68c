import { expect, test } from 'vitest';
import type { QueuedShow } from '../../api/types';
import { nextInQueue } from './queries';

const waiting = (id: string, reviewer: string | null = null) =>
  ({ show: { id }, claim: reviewer ? { reviewer: { id: reviewer, name: reviewer } } : null }) as QueuedShow;
const QUEUE = [waiting('a', 'other'), waiting('b'), waiting('c', 'me'), waiting('d')];

test.each<[what: string, after: string | null, next: string | null]>([
  ['the first that nobody else watches', null, 'b'],
  ['one of my own that I had left open', 'b', 'c'],
  ['from the end back to the beginning', 'd', 'b'],
  ['from one that is decided to the first', 'gone', 'b'],
])('the next is %s', (_what, after, next) => {
  expect(nextInQueue(QUEUE, after, 'me')?.show.id).toBe(next);
});

test('with nothing else free there is no next', () => {
  expect(nextInQueue([waiting('a', 'other'), waiting('b')], 'b', 'me')).toBeNull();
});

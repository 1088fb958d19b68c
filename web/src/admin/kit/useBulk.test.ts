import { expect, test } from 'vitest';
import { ProblemError } from '../../api/problem';
import { withEach } from './useBulk';

test('what is refused spares the others, and is told by its reason', async () => {
  const refusals: Record<string, string> = { b: 'ended', d: 'ended', e: 'gone' };
  const run = (row: string) =>
    row in refusals ? Promise.reject(new Error(refusals[row])) : Promise.resolve();

  const { done, left } = await withEach(['a', 'b', 'c', 'd', 'e'], run, (error) => (error as Error).message);

  expect(done).toEqual(['a', 'c']);
  expect([...left]).toEqual([
    ['ended', ['b', 'd']],
    ['gone', ['e']],
  ]);
});

test('once the session has ended the rest is left untried, and it is told once', async () => {
  const tried: string[] = [];
  const run = (row: string) => {
    tried.push(row);
    return row === 'a'
      ? Promise.resolve()
      : Promise.reject(new ProblemError(401, 'session-ended', '', [], null));
  };

  const { done, left } = await withEach(['a', 'b', 'c'], run, () => 'ended');

  expect(tried).toEqual(['a', 'b']);
  expect(done).toEqual(['a']);
  expect([...left]).toEqual([['ended', ['b', 'c']]]);
});

import { expect, test } from 'vitest';
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

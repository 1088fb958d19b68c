import { expect, test } from 'vitest';
import type { Show } from '../../api/types';
import { episodeAfter, episodeMark, inOrderOfEpisodes } from './episodes';

const episode = (season: number | null, number: number | null) =>
  ({ id: `${season}/${number}`, series: { title: 'Tales', season, episode: number } }) as Show;
const mark = (season: number, number: number) => `S${season} E${number}`;

test('episodes stand in the order of their seasons', () => {
  const shuffled = [episode(2, 1), episode(1, 2), episode(1, 10), episode(1, 1)];

  expect(shuffled.toSorted(inOrderOfEpisodes).map((show) => show.id)).toEqual(['1/1', '1/2', '1/10', '2/1']);
});

test('after the last episode of a season comes the first of the next', () => {
  const episodes = [episode(1, 1), episode(1, 2), episode(2, 1)];

  expect(episodeAfter(episode(1, 2), episodes)?.id).toBe('2/1');
});

test('after the last of all comes nothing', () => {
  expect(episodeAfter(episode(1, 1), [episode(1, 1)])).toBeNull();
});

test('a film, or an episode without its numbers, has no mark', () => {
  expect(episodeMark({ series: null } as Show, mark)).toBeNull();
  expect(episodeMark(episode(1, null), mark)).toBeNull();
  expect(episodeMark(episode(0, 3), mark)).toBe('S0 E3');
});

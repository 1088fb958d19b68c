import { expect, test } from 'vitest';
import { changedFields, type Draft, patchOf, rebase } from './draft';

const BASE: Draft = {
  title: 'A film',
  synopsis: '',
  genres: ['Drama'],
  tags: [],
  cast: [],
  directors: [],
  language: '',
  releaseYear: '',
  maturityRating: '',
  seriesTitle: 'Rabbits',
  season: 1,
  episode: 2,
  availableFrom: '',
  availableUntil: '',
  hlsSrcVideoURL: '',
  dashSrcVideoURL: '',
  markers: [],
};

test('only what was changed is sent', () => {
  expect(patchOf(BASE, { ...BASE, synopsis: ' New. ' })).toEqual({ synopsis: 'New.' });
});

test('a change of the episode sends the whole series, for the API knows them as one', () => {
  expect(patchOf(BASE, { ...BASE, episode: 3 })).toEqual({
    series: { title: 'Rabbits', season: 1, episode: 3 },
  });
});

test('what two people changed in different fields comes together', () => {
  const { draft, clashes } = rebase(BASE, { ...BASE, synopsis: 'Mine' }, { ...BASE, genres: ['Comedy'] });

  expect(clashes).toEqual([]);
  expect(changedFields(BASE, draft)).toEqual(['synopsis', 'genres']);
});

test('what both changed differently is left to choose, what both changed alike is not', () => {
  const mine = { ...BASE, title: 'Mine', synopsis: 'Same' };
  const theirs = { ...BASE, title: 'Theirs', synopsis: 'Same' };

  expect(rebase(BASE, mine, theirs).clashes).toEqual(['title']);
});

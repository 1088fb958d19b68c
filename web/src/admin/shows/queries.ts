/** What helps to fill in a show's fields: words that other shows use. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

const QUARTER_HOUR_MILLISECONDS = 900_000;

export const knownWords = queryOptions({
  queryKey: ['shows', 'facets'],
  queryFn: () => answered(api.GET('/shows/facets')),
  staleTime: QUARTER_HOUR_MILLISECONDS,
  select: (facets) => ({
    genres: facets.genres.map(({ value }) => value),
    tags: facets.tags.map(({ value }) => value),
    series: facets.series.map(({ value }) => value),
  }),
});

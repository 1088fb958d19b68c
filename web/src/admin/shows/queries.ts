/** What helps to fill in a show's fields: words that other shows use. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

const QUARTER_HOUR_MILLISECONDS = 900_000;

export const knownWords = queryOptions({
  queryKey: ['mine', 'suggestions'],
  queryFn: () => answered(api.GET('/shows/suggestions')),
  staleTime: QUARTER_HOUR_MILLISECONDS,
});

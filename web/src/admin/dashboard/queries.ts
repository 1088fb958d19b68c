/** The house in numbers, and what changed last. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

const LOOK_AGAIN_MILLISECONDS = 20_000;

export const overview = queryOptions({
  queryKey: ['mine', 'overview'],
  queryFn: () => answered(api.GET('/overview')),
  refetchInterval: LOOK_AGAIN_MILLISECONDS,
});

export const changedLast = queryOptions({
  queryKey: ['mine', 'library', 'changed last'],
  queryFn: () =>
    answered(api.GET('/shows', { params: { query: { state: 'all', sort: 'updated', limit: 6 } } })),
});

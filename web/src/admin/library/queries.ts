/** The shows as the staff see them, and what is done with many at once. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Show } from '../../api/types';

export type Sort = 'updated' | 'latest' | 'title' | 'duration';

export interface LibraryFilters {
  q: string;
  state: string;
  genre: string;
  sort: string;
}

const A_PAGE = 30;

export const library = ({ q, state, genre, sort }: LibraryFilters) =>
  infiniteQueryOptions({
    queryKey: ['mine', 'library', q, state, genre, sort],
    queryFn: ({ pageParam }) => {
      const query = {
        state: (state || 'all') as Show['state'] | 'all',
        sort: sort as Sort,
        limit: A_PAGE,
        ...(q && { q }),
        ...(genre && { genre }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/shows', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const bin = infiniteQueryOptions({
  queryKey: ['mine', 'bin'],
  queryFn: ({ pageParam }) =>
    answered(
      api.GET('/shows/deleted', {
        params: { query: { limit: A_PAGE, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

const ofShow = (showId: string) => ({ path: { show_id: showId } });

export async function moveShow(showId: string, state: Show['state']): Promise<void> {
  await answered(api.PATCH('/shows/{show_id}', { params: ofShow(showId), body: { state } }));
}

export async function deleteShow(showId: string): Promise<void> {
  await answered(api.DELETE('/shows/{show_id}', { params: ofShow(showId) }));
}

export async function restoreShow(showId: string): Promise<void> {
  await answered(api.POST('/shows/{show_id}/restore', { params: ofShow(showId) }));
}

/** The catalogue, and what a person has done with it: how far watched, what is on the list. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import { useSession } from '../../session/session';
import { inOrderOfEpisodes } from './episodes';

export type Sort = 'latest' | 'title' | 'duration';

export interface Facets {
  q: string;
  genre: string;
  sort: Sort;
}

const MINUTE_MILLISECONDS = 60_000;
const A_ROW = 24;
const MOST_A_PAGE = 100;

/** Without parameters: the answer that the server keeps ready. */
export const latestShows = queryOptions({
  queryKey: ['shows', 'latest'],
  queryFn: () => answered(api.GET('/shows')),
  staleTime: MINUTE_MILLISECONDS,
});

/** What the available shows can be chosen by, the most used first. */
export const facetsOfShows = queryOptions({
  queryKey: ['shows', 'facets'],
  queryFn: () => answered(api.GET('/shows/facets')),
  staleTime: MINUTE_MILLISECONDS,
});

export const showsOfGenre = (genre: string) =>
  queryOptions({
    queryKey: ['shows', 'genre', genre],
    queryFn: () => answered(api.GET('/shows', { params: { query: { genre, limit: A_ROW } } })),
    staleTime: MINUTE_MILLISECONDS,
  });

export const episodesOf = (series: string) =>
  queryOptions({
    queryKey: ['shows', 'series', series],
    queryFn: () => answered(api.GET('/shows', { params: { query: { series, limit: MOST_A_PAGE } } })),
    staleTime: MINUTE_MILLISECONDS,
    select: ({ items }) => items.toSorted(inOrderOfEpisodes),
  });

export const foundShows = ({ q, genre, sort }: Facets) =>
  infiniteQueryOptions({
    queryKey: ['shows', 'found', q, genre, sort],
    queryFn: ({ pageParam }) => {
      const query = {
        sort,
        limit: A_ROW,
        ...(q && { q }),
        ...(genre && { genre }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/shows', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MILLISECONDS,
  });

export const oneShow = (showId: string) =>
  queryOptions({
    queryKey: ['shows', 'one', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } })),
    staleTime: MINUTE_MILLISECONDS,
  });

/** Everything that the signed-in person has begun or finished, the latest first. */
export const watchedShows = queryOptions({
  queryKey: ['mine', 'progress'],
  queryFn: () => answered(api.GET('/users/me/progress', { params: { query: { limit: MOST_A_PAGE } } })),
});

export const listedShows = queryOptions({
  queryKey: ['mine', 'watchlist'],
  queryFn: () => answered(api.GET('/users/me/watchlist', { params: { query: { limit: MOST_A_PAGE } } })),
});

export function useWatchedShows() {
  const session = useSession();
  return useQuery({ ...watchedShows, enabled: session.status === 'somebody' });
}

export function useListedShows() {
  const session = useSession();
  return useQuery({ ...listedShows, enabled: session.status === 'somebody' });
}

/** Puts a show on the person's list or takes it off. */
export function useListing(showId: string) {
  const cache = useQueryClient();
  const path = { params: { path: { show_id: showId } } };
  return useMutation({
    mutationFn: async (listed: boolean) => {
      if (listed) await answered(api.PUT('/users/me/watchlist/{show_id}', path));
      else await answered(api.DELETE('/users/me/watchlist/{show_id}', path));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: listedShows.queryKey }),
  });
}

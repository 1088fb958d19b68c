/** What waits for a verdict, who is about it, and giving one. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Claim, QueuedShow, Reason, Review } from '../../api/types';

const MOST_A_PAGE = 100;
const LOOK_AGAIN_MILLISECONDS = 15_000;

export const reviewQueue = infiniteQueryOptions({
  queryKey: ['mine', 'reviews', 'queue'],
  queryFn: ({ pageParam }) =>
    answered(
      api.GET('/reviews/queue', {
        params: { query: { limit: MOST_A_PAGE, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
  // Others work on the same queue.
  refetchInterval: LOOK_AGAIN_MILLISECONDS,
});

export const showInReview = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'reviews', 'show', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } })),
  });

export const reviewsOf = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'reviews', 'of', showId],
    queryFn: () =>
      answered(
        api.GET('/shows/{show_id}/reviews', {
          params: { path: { show_id: showId }, query: { limit: MOST_A_PAGE } },
        }),
      ),
    select: (page) => page.items,
    // A program may still be looking at the film.
    refetchInterval: LOOK_AGAIN_MILLISECONDS,
  });

/** The newest look of a program at the film, if there was any. */
export const analysesOf = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'reviews', 'analyses', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}/analyses', { params: { path: { show_id: showId } } })),
    select: (list) => list.items[0],
    refetchInterval: LOOK_AGAIN_MILLISECONDS,
  });

export async function lookAgain(showId: string): Promise<void> {
  await answered(api.POST('/shows/{show_id}/analyses', { params: { path: { show_id: showId } } }));
}

export function claimShow(showId: string): Promise<Claim> {
  return answered(api.POST('/shows/{show_id}/claim', { params: { path: { show_id: showId } } }));
}

/** Ends whoever's claim it is; with `mine` only the caller's own, which somebody may have taken over meanwhile. */
export async function releaseShow(showId: string, { mine = false } = {}): Promise<void> {
  await answered(
    api.DELETE('/shows/{show_id}/claim', { params: { path: { show_id: showId }, query: { mine } } }),
  );
}

export interface Decision {
  verdict: 'approve' | 'reject';
  reasons: Reason[];
  notes: string;
}

export function decide(showId: string, decision: Decision): Promise<Review> {
  return answered(
    api.POST('/shows/{show_id}/reviews', { params: { path: { show_id: showId } }, body: decision }),
  );
}

/** The show waits again as it did before this verdict. */
export async function takeBack(showId: string, reviewId: string): Promise<void> {
  await answered(
    api.DELETE('/shows/{show_id}/reviews/{review_id}', {
      params: { path: { show_id: showId, review_id: reviewId } },
    }),
  );
}

/** Whose turn it is after this one: the one that has waited longest and that nobody else watches. */
export function nextInQueue(waiting: QueuedShow[], after: string | null, ownId: string): QueuedShow | null {
  const isFree = ({ show, claim }: QueuedShow) =>
    show.id !== after && (claim === null || claim.reviewer.id === ownId);
  // Whoever passes one over goes on behind it, and comes back to the beginning at the end.
  const place = waiting.findIndex(({ show }) => show.id === after);
  return [...waiting.slice(place + 1), ...waiting.slice(0, Math.max(0, place))].find(isFree) ?? null;
}

/** Who else watches the show, as far as the queue knows. */
export function holderOf(waiting: QueuedShow[], showId: string, ownId: string): string | null {
  const reviewer = waiting.find(({ show }) => show.id === showId)?.claim?.reviewer;
  return reviewer && reviewer.id !== ownId ? reviewer.name : null;
}

/** Jobs and what can be done with them, and the events of the completion hook. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { IngestEvent, Job, JobState } from '../../api/types';
import { isUnderWay } from '../kit/followJob';

const A_PAGE = 24;
const LOOK_AGAIN_MILLISECONDS = 3000;
/** While nothing is under way; a film may come from anybody at any time. */
const LOOK_FOR_NEW_MILLISECONDS = 10_000;

export interface JobFilters {
  state: string;
  q: string;
}

export const jobs = ({ state, q }: JobFilters) =>
  infiniteQueryOptions({
    queryKey: ['mine', 'ingest', 'jobs', state, q],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(state && { state: state as JobState }),
        ...(q && { q }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/ingest/jobs', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // One query for the whole list; the page of one job follows it by the server's events.
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some(isUnderWay))
        ? LOOK_AGAIN_MILLISECONDS
        : LOOK_FOR_NEW_MILLISECONDS,
  });

const inPath = (jobId: string) => ({ params: { path: { job_id: jobId } } });

export const oneJob = (jobId: string) =>
  queryOptions({
    queryKey: ['mine', 'ingest', 'job', jobId],
    queryFn: () => answered(api.GET('/ingest/jobs/{job_id}', inPath(jobId))),
  });

/** The show that a film has become; none where it was deleted since. */
export const showOfJob = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'ingest', 'show', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } })),
    retry: false,
  });

/** `attempts` names which log: each attempt that failed adds to it. */
export const logOf = (jobId: string, attempts: number, state: string) =>
  queryOptions({
    queryKey: ['mine', 'ingest', 'log', jobId, attempts, state],
    // Where nothing was written the client hands out no data, though the types say so.
    queryFn: async () =>
      (await answered<string | undefined>(
        api.GET('/ingest/jobs/{job_id}/log', { ...inPath(jobId), parseAs: 'text' }),
      )) ?? '',
  });

export function changePriority(jobId: string, priority: Job['priority']): Promise<Job> {
  return answered(api.POST('/ingest/jobs/{job_id}/priority', { ...inPath(jobId), body: { priority } }));
}

export const hookEvents = (status: string) =>
  infiniteQueryOptions({
    queryKey: ['mine', 'ingest', 'events', status],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(status && { status: status as IngestEvent['status'] }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/ingest/events', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const oneEvent = (eventId: string) =>
  queryOptions({
    queryKey: ['mine', 'ingest', 'event', eventId],
    queryFn: () =>
      answered(api.GET('/ingest/events/{event_id}', { params: { path: { event_id: eventId } } })),
    enabled: eventId !== '',
  });

export function replayEvent(eventId: string): Promise<IngestEvent> {
  return answered(api.POST('/ingest/events/{event_id}/replay', { params: { path: { event_id: eventId } } }));
}

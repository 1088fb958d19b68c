/** The server's look at a stream, and what a show of ours plays from. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Show } from '../../api/types';

/** `run` tells one press of the button from the next. */
export const reportOn = (url: string, run: number) =>
  queryOptions({
    queryKey: ['mine', 'tester', 'report', url, run],
    queryFn: () => answered(api.POST('/stream-tests', { body: { url } })),
    enabled: url !== '',
    // A test is work for the server, and ten a minute are the most.
    staleTime: Infinity,
    retry: false,
  });

function showWith(showId: string): Promise<Show> {
  return answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } }));
}

export const testedShow = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'tester', 'show', showId],
    queryFn: () => showWith(showId),
    enabled: showId !== '',
    staleTime: Infinity,
  });

/** The show that the film of this job has become; nothing where there is none, or no such job. */
export const showBehindJob = (jobId: string) =>
  queryOptions({
    queryKey: ['mine', 'tester', 'job', jobId],
    queryFn: async () => {
      const job = await answered(api.GET('/ingest/jobs/{job_id}', { params: { path: { job_id: jobId } } }));
      return job.showId === null ? null : showWith(job.showId);
    },
    enabled: jobId !== '',
    retry: false,
    staleTime: Infinity,
  });

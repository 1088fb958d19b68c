/** The server's look at a stream, and what a show of ours plays from. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Playback } from '../../api/types';

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

export const testedShow = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'tester', 'show', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } })),
    enabled: showId !== '',
    staleTime: Infinity,
  });

export function playbackOf(showId: string): Promise<Playback> {
  return answered(api.POST('/shows/{show_id}/playback', { params: { path: { show_id: showId } } }));
}

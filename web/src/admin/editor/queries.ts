/** One show as its editor sees it, and everything that is done with it. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Show } from '../../api/types';
import { spread } from '../../player/storyboard';
import { storyboardOf } from '../shows/playback';
import { type Draft, EMPTY_DRAFT, patchOf } from './draft';

const FRAMES_OFFERED = 12;
const ofShow = (showId: string) => ({ path: { show_id: showId } });

export function readShow(showId: string): Promise<Show> {
  return answered(api.GET('/shows/{show_id}', { params: ofShow(showId) }));
}

/** Makes a show of what was filled in; an empty title is sent, to be refused in words beside its field. */
export function createShow(draft: Draft): Promise<Show> {
  return answered(
    api.POST('/shows', { body: { ...patchOf(EMPTY_DRAFT, draft), title: draft.title.trim() } }),
  );
}

export const editedShow = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'edited', showId],
    queryFn: () => readShow(showId),
    // What is being edited does not change under one's hands; saving finds out.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const showHistory = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'history', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}/history', { params: ofShow(showId) })),
  });

export const showReviews = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'reviews', 'of', showId, 'history'],
    queryFn: () => answered(api.GET('/shows/{show_id}/reviews', { params: ofShow(showId) })),
  });

/** Saves changes of the version that was seen; another one since then is a 412. */
export function saveShow(show: Show, changes: Record<string, unknown>): Promise<Show> {
  const params = { ...ofShow(show.id), header: { 'if-match': `"${show.version}"` } };
  return answered(api.PATCH('/shows/{show_id}', { params, body: changes }));
}

export async function deleteShow(showId: string): Promise<void> {
  await answered(api.DELETE('/shows/{show_id}', { params: ofShow(showId) }));
}

export async function restoreShow(showId: string): Promise<void> {
  await answered(api.POST('/shows/{show_id}/restore', { params: ofShow(showId) }));
}

/** A file is sent as it is; the generated types say "string" for it. */
const asItIs = (file: File) => ({
  body: file as unknown as string,
  bodySerializer: () => file,
});

export async function choosePosterFrame(showId: string, atSeconds: number): Promise<void> {
  await answered(api.POST('/shows/{show_id}/poster', { params: ofShow(showId), body: { atSeconds } }));
}

export async function uploadPoster(showId: string, file: File): Promise<void> {
  await answered(
    api.PUT('/shows/{show_id}/poster', {
      params: ofShow(showId),
      headers: { 'Content-Type': file.type },
      ...asItIs(file),
    }),
  );
}

export interface NewCaptions {
  language: string;
  label: string;
  file: File;
}

export async function uploadCaptions(showId: string, { language, label, file }: NewCaptions): Promise<void> {
  const type = file.name.toLowerCase().endsWith('.srt') ? 'application/x-subrip' : 'text/vtt';
  await answered(
    api.PUT('/shows/{show_id}/captions/{language}', {
      params: { path: { show_id: showId, language }, query: { label } },
      headers: { 'Content-Type': type },
      ...asItIs(file),
    }),
  );
}

export async function removeCaptions(showId: string, language: string): Promise<void> {
  await answered(
    api.DELETE('/shows/{show_id}/captions/{language}', { params: { path: { show_id: showId, language } } }),
  );
}

/** A few frames of the film to choose a poster from; none where it has no storyboard. */
export const frames = (show: Show) =>
  queryOptions({
    queryKey: ['mine', 'frames', show.id],
    queryFn: async () => (show.storyboardURL ? spread(await storyboardOf(show.id), FRAMES_OFFERED) : []),
    staleTime: Infinity,
    retry: false,
  });

/** Asking to play a show, and writing down how far it was watched. */
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Playback } from '../../api/types';

/** Addresses that play for this session, with a fresh grant. */
export function startPlayback(showId: string): Promise<Playback> {
  return answered(api.POST('/shows/{show_id}/playback', { params: { path: { show_id: showId } } }));
}

/** `keepalive`: the last word of a page that is being closed still arrives. */
export async function saveProgress(showId: string, positionSeconds: number): Promise<void> {
  await answered(
    api.PUT('/users/me/progress/{show_id}', {
      params: { path: { show_id: showId } },
      body: { positionSeconds },
      keepalive: true,
    }),
  );
}

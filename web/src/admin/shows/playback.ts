/** What lets one of the staff play a show, and what lies beside its stream. */
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Playback } from '../../api/types';
import { parseStoryboard, type Tile } from '../../player/storyboard';

export function playbackOf(showId: string): Promise<Playback> {
  return answered(api.POST('/shows/{show_id}/playback', { params: { path: { show_id: showId } } }));
}

/** A file beside the stream, asked for with the cookies that came with the playback where its host lets in by those. */
export function fetchBeside(address: string, { cookieOrigin }: Playback): Promise<Response> {
  const byCookie = new URL(address).origin === cookieOrigin;
  return fetch(address, { credentials: byCookie ? 'include' : 'same-origin' });
}

/** The film in pictures; none where it has no storyboard. */
export async function storyboardOf(showId: string): Promise<Tile[]> {
  const playback = await playbackOf(showId);
  if (!playback.storyboardURL) return [];
  const answer = await fetchBeside(playback.storyboardURL, playback);
  return answer.ok ? parseStoryboard(await answer.text(), answer.url) : [];
}

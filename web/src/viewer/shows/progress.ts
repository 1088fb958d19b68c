/** How far somebody is with a show, as the pages say it. */
import type { WatchedShow } from '../../api/types';

/** Below this much watched, the show starts from the beginning (Jellyfin's and Plex's rule as well). */
const BEGUN_FRACTION = 0.02;

/** 0 to 1; null where the length is not known. */
export function fractionWatched({ finished, positionSeconds, show }: WatchedShow): number | null {
  if (finished) return 1;
  return show.durationSeconds ? Math.min(1, positionSeconds / show.durationSeconds) : null;
}

/** Worth a "continue watching": begun, and not at the end. */
export function isUnderWay(watched: WatchedShow): boolean {
  const fraction = fractionWatched(watched);
  return !watched.finished && watched.positionSeconds > 0 && (fraction === null || fraction > BEGUN_FRACTION);
}

/** Where an episode stands in its series; both numbers may be missing. */
import type { Show } from '../../api/types';

/** "S1 E3" in the words given; null for a film, or where a number is missing. */
export function episodeMark(show: Show, words: (season: number, episode: number) => string): string | null {
  const { season, episode } = show.series ?? {};
  return typeof season === 'number' && typeof episode === 'number' ? words(season, episode) : null;
}

export function inOrderOfEpisodes(one: Show, other: Show): number {
  const season = (one.series?.season ?? 0) - (other.series?.season ?? 0);
  return season || (one.series?.episode ?? 0) - (other.series?.episode ?? 0);
}

/** The episode after this one; null after the last. */
export function episodeAfter(show: Show, episodes: Show[]): Show | null {
  const place = episodes.findIndex((episode) => episode.id === show.id);
  return place === -1 ? null : (episodes[place + 1] ?? null);
}

/** The episode before this one; null before the first. */
export function episodeBefore(show: Show, episodes: Show[]): Show | null {
  const place = episodes.findIndex((episode) => episode.id === show.id);
  return episodes[place - 1] ?? null;
}

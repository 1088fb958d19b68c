/** What the service wrote into the page so that it need not be asked for; as old as the page, and asked for anew like all else. */
import type { QueryClient } from '@tanstack/react-query';
import type { Facets, Show, ShowPage } from '../../api/types';
import { facetsOfShows, latestShows, oneShow } from './queries';

interface Answers {
  /** When the service wrote them, in milliseconds since 1970. */
  at: number;
  latest?: ShowPage;
  facets?: Facets;
  show?: Show;
}

export function takeWhatThePageBrought(client: QueryClient): void {
  const written = document.getElementById('answers')?.textContent;
  if (!written) return;
  const { at, latest, facets, show } = JSON.parse(written) as Answers;
  // A page out of the browser's history is older than it looks; a clock that is behind must not make it newer.
  const age = { updatedAt: Math.min(at, Date.now()) };
  if (latest) client.setQueryData(latestShows.queryKey, latest, age);
  if (facets) client.setQueryData(facetsOfShows.queryKey, facets, age);
  if (show) client.setQueryData(oneShow(show.id).queryKey, show, age);
}

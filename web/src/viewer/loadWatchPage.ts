/** The page with the player, fetched while somebody still looks at what to watch. */

export const loadWatchPage = () => import('./watch/WatchPage');

/** Fetches the player once the browser has nothing better to do. */
export function loadWatchPageWhenIdle(): void {
  // Safari has no requestIdleCallback.
  const whenIdle = 'requestIdleCallback' in window ? requestIdleCallback : setTimeout;
  whenIdle(() => void loadWatchPage().catch(() => undefined));
}

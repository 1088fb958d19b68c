/** The page with the player: its file is fetched when all else is there, and run when somebody reaches for a link to it. */
import { useEffect } from 'react';

export const loadWatchPage = () => import('./watch/WatchPage');

/** Pictures that come after the page's own script are there by then: the file is as large as all of them together. */
const UNHURRIED_MILLISECONDS = 3000;

const HINTS = ['pointerover', 'focusin', 'touchstart'] as const;

/** Makes the player ready as soon as somebody reaches for a link to it: running it for everybody would hold up the page. */
export function useWatchPageInTime(): void {
  useEffect(() => {
    const prepare = ({ target }: Event) => {
      const leadsThere = target instanceof Element && target.closest('a[href^="/watch/"]');
      // One that can't be fetched now is asked for again, and complained of, by the page itself.
      if (leadsThere) void loadWatchPage().catch(() => undefined);
    };
    const timer = setTimeout(fetchPlayerAhead, UNHURRIED_MILLISECONDS);
    for (const hint of HINTS) document.addEventListener(hint, prepare, { passive: true });
    return () => {
      clearTimeout(timer);
      HINTS.forEach((hint) => document.removeEventListener(hint, prepare));
    };
  }, []);
}

/** Has the browser keep the file without running it, where the build names it. */
function fetchPlayerAhead(): void {
  const named = document.querySelector<HTMLMetaElement>('meta[name="player"]');
  if (!named) return;
  const link = document.createElement('link');
  link.rel = 'prefetch';
  link.as = 'script';
  link.href = named.content;
  named.replaceWith(link);
}

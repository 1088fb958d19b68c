/** The page with the player: the index has its file fetched when all else is there, and this runs it in good time. */
import { useEffect } from 'react';

export const loadWatchPage = () => import('./watch/WatchPage');

const HINTS = ['pointerover', 'focusin', 'touchstart'] as const;

/** Makes the player ready as soon as somebody reaches for a link to it: running it for everybody would hold up the page. */
export function useWatchPageInTime(): void {
  useEffect(() => {
    const prepare = ({ target }: Event) => {
      const leadsThere = target instanceof Element && target.closest('a[href^="/watch/"]');
      // One that can't be fetched now is asked for again, and complained of, by the page itself.
      if (leadsThere) void loadWatchPage().catch(() => undefined);
    };
    for (const hint of HINTS) document.addEventListener(hint, prepare, { passive: true });
    return () => HINTS.forEach((hint) => document.removeEventListener(hint, prepare));
  }, []);
}

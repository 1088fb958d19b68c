/** The tester's document may ask any host: it is entered and left by a full load, so that no other page may. */
import { useEffect } from 'react';
import { useBlocker } from 'react-router';

const PATH = '/tester';
const BASE = '/admin';

/** Whether this very document was loaded as the tester's, under its policy. */
function isOwnDocument(): boolean {
  const [loaded] = performance.getEntriesByType('navigation');
  return loaded !== undefined && new URL(loaded.name).pathname === `${BASE}${PATH}`;
}

/** False while the page is being loaded again. */
export function useOwnDocument(): boolean {
  const own = isOwnDocument();
  useEffect(() => {
    if (!own) location.reload();
  }, [own]);
  const blocker = useBlocker(({ nextLocation }) => own && nextLocation.pathname !== PATH);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const { pathname, search, hash } = blocker.location;
    // The router strips its base from what it asks, and not from what it has stopped.
    location.assign(`${pathname.startsWith(BASE) ? '' : BASE}${pathname}${search}${hash}`);
  }, [blocker]);
  return own;
}

/** When a piece of this version is gone from the server, a newer one has taken its place: the page is loaded anew. */

/** A page that fails this soon after loading would fail again: no reload, the crash page says what it can. */
const JUST_LOADED_MILLISECONDS = 10_000;

export function reloadForNewVersion(): void {
  addEventListener('vite:preloadError', () => {
    if (performance.now() > JUST_LOADED_MILLISECONDS) void reloadWhereOlder();
  });
}

/**
 * A server that is away has no newer version. A reload would take away what is on screen, and the films on their way
 * with it, for the browser's own page of what it could not reach.
 */
async function reloadWhereOlder(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' }).catch(
    () => null,
  );
  const own = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (answer?.ok && own && !(await answer.text()).includes(own)) location.reload();
}

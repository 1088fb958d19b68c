/** When a piece of this version is gone from the server, a newer one has taken its place: the page is loaded anew. */

/** A page that fails this soon after loading would fail again: no reload, the crash page says what it can. */
const JUST_LOADED_MILLISECONDS = 10_000;

export function reloadForNewVersion(): void {
  addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || performance.now() < JUST_LOADED_MILLISECONDS) return;
    event.preventDefault();
    location.reload();
  });
}

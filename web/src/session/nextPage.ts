/** Where to go after signing in: back to where one was, and never to another site. */

export function signInAddress(from: { pathname: string; search: string }): string {
  return `/login?next=${encodeURIComponent(from.pathname + from.search)}`;
}

/** The path to return to. Anything but a path of this site (`//host`, `/\host`, `javascript:`) leads home. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  try {
    const address = new URL(next, location.origin);
    if (!next.startsWith('/') || address.origin !== location.origin) return '/';
    return address.pathname + address.search;
  } catch {
    return '/';
  }
}

/** The one way to the API: typed by its own document, with the access token and one more try after a 401. */
import createClient from 'openapi-fetch';
import { currentLanguage } from '../language/language';
import { accessToken, currentAccess } from './accessToken';
import type { paths } from './schema';

/** Of all that is posted below /auth, what is for whoever is signed in already. */
const BEHIND_THE_DOOR = ['/auth/api-keys', '/auth/email/verification'];

/** What anyone may read is asked for without waiting for the session to come up; the staff see more, and say who asks. */
function isPublic(request: Request): boolean {
  const { pathname } = new URL(request.url);
  const access = currentAccess();
  const isStaff = access.status === 'somebody' && access.user.role !== 'viewer';
  const readsShows = request.method === 'GET' && pathname.startsWith('/shows') && !isStaff;
  const isDoor = pathname.startsWith('/auth/') && !BEHIND_THE_DOOR.includes(pathname);
  return readsShows || (request.method === 'POST' && isDoor);
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return fetch(request);
}

async function fetchWithAccess(request: Request): Promise<Response> {
  // Not the browser's: who chose another language here is written to in it.
  request.headers.set('Accept-Language', currentLanguage());
  if (isPublic(request)) return fetch(request);
  const again = request.clone();
  const first = await send(request, await accessToken());
  if (first.status !== 401) return first;
  const renewed = await accessToken({ renew: true });
  return renewed ? send(again, renewed) : first;
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: fetchWithAccess,
  headers: { 'X-Requested-With': 'sod' },
});

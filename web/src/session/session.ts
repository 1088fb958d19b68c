/** Signing in, out and up, and who is signed in, in every tab alike. */
import { useSyncExternalStore } from 'react';
import { type Access, accessToken, adopt, currentAccess, onAccess } from '../api/accessToken';
import { api } from '../api/client';
import { answered, hasStatus } from '../api/problem';

/** useSyncExternalStore, because word from another tab may land between a render and its effect. */
export function useSession(): Access {
  return useSyncExternalStore(onAccess, currentAccess);
}

/** Of whoever is signed in; empty where nobody is. */
export function usePersonId(): string {
  const session = useSession();
  return session.status === 'somebody' ? session.user.id : '';
}

const ASK_AGAIN_MILLISECONDS = 3000;

/** Finds out whether the cookie still stands for somebody, asking again for as long as no answer comes. */
export async function resumeSession(): Promise<void> {
  await accessToken().catch(() => setTimeout(() => void resumeSession(), ASK_AGAIN_MILLISECONDS));
}

export async function signIn(email: string, password: string): Promise<void> {
  adopt(await answered(api.POST('/auth/login', { body: { email, password } })));
}

export async function register(email: string, password: string, name: string): Promise<void> {
  const body = name ? { email, password, name } : { email, password };
  adopt(await answered(api.POST('/auth/register', { body })));
}

/** Ends the session on the server, then in every tab. Throws, still signed in, when the server can't be told. */
export async function signOut(): Promise<void> {
  await answered(api.GET('/auth/logout')).catch((error: unknown) => {
    if (!hasStatus(error, 401)) throw error;
  });
  adopt(null);
}

/** The access token, in this module's memory only; the refresh token is a cookie that no script can read. */
import { problemOf, UnreachableError } from './problem';
import type { SignedIn, User } from './types';

export type Access =
  | { status: 'unknown' }
  /** `hasEnded`: somebody was signed in and did not sign out. */
  | { status: 'nobody'; hasEnded: boolean }
  | { status: 'somebody'; user: User; token: string; freshUntil: number };

/** What the tabs tell each other. */
interface Word {
  signedIn: SignedIn | null;
  hasEnded: boolean;
}

/** Renewed this long before it runs out, so that no call is refused for a slow clock. */
const MARGIN_SECONDS = 30;
const LOCK = 'sod-refresh';

let access: Access = { status: 'unknown' };
let underWay: Promise<string | null> | null = null;
const listeners = new Set<() => void>();
// Named anew whenever what is said there has another form: tabs of two releases do not misunderstand each other.
const otherTabs = new BroadcastChannel('sod-session-2');

otherTabs.addEventListener('message', ({ data }: MessageEvent<Word>) => hold(data.signedIn, data.hasEnded));

export function currentAccess(): Access {
  return access;
}

export function onAccess(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Takes what a sign-in or a refresh answered, or null after a sign-out, and hands it to the other tabs. */
export function adopt(signedIn: SignedIn | null, { hasEnded = false } = {}): void {
  hold(signedIn, hasEnded);
  otherTabs.postMessage({ signedIn, hasEnded } satisfies Word);
}

/** The signed-in person's own data changed. */
export function adoptUser(user: User): void {
  if (access.status !== 'somebody') return;
  access = { ...access, user };
  listeners.forEach((listener) => listener());
}

/** A token that is good for the next call, or null when nobody is signed in. `renew` asks for a new one in any case. */
export function accessToken({ renew = false } = {}): Promise<string | null> {
  if (!renew && access.status === 'somebody' && Date.now() < access.freshUntil)
    return Promise.resolve(access.token);
  if (!renew && access.status === 'nobody') return Promise.resolve(null);
  underWay ??= refreshAlone().finally(() => {
    underWay = null;
  });
  return underWay;
}

function hold(signedIn: SignedIn | null, hasEnded: boolean): void {
  access = signedIn
    ? {
        status: 'somebody',
        user: signedIn.user,
        token: signedIn.accessToken,
        freshUntil: Date.now() + (signedIn.expiresIn - MARGIN_SECONDS) * 1000,
      }
    : { status: 'nobody', hasEnded };
  listeners.forEach((listener) => listener());
}

/** One refresh at a time over all tabs: each spends the cookie, and a cookie spent twice ends the session. */
async function refreshAlone(): Promise<string | null> {
  const before = access;
  return navigator.locks.request(LOCK, async () => {
    // While this tab waited for its turn, the one before it may have handed over a token.
    const meanwhile = access;
    if (meanwhile !== before && meanwhile.status === 'somebody') return meanwhile.token;
    return refresh();
  });
}

async function refresh(): Promise<string | null> {
  const response = await fetch('/auth/refresh', {
    method: 'POST',
    headers: { 'X-Requested-With': 'sod' },
  }).catch((cause: unknown) => {
    throw new UnreachableError('No answer', { cause });
  });
  if (response.status === 204 || response.status === 401 || response.status === 403) {
    // Another tab may have found it out first.
    adopt(null, {
      hasEnded: access.status === 'somebody' || (access.status === 'nobody' && access.hasEnded),
    });
    return null;
  }
  if (!response.ok) throw problemOf(response, null);
  const signedIn = (await response.json()) as SignedIn;
  adopt(signedIn);
  return signedIn.accessToken;
}

/** What a person has set on this device, in a cookie of ours: nothing of the client lies in the browser's storages. */
import { useSyncExternalStore } from 'react';

export type CaptionSize = 'small' | 'medium' | 'large';
export type CaptionBackdrop = 'none' | 'shade' | 'solid';

export interface Preferences {
  /** BCP 47; null follows the browser. */
  language: string | null;
  /** BCP 47; null leaves captions off at the start. */
  captionLanguage: string | null;
  captionSize: CaptionSize;
  captionBackdrop: CaptionBackdrop;
  nextEpisodeByItself: boolean;
  singleKeys: boolean;
}

const COOKIE = 'sod_preferences';
const LIFETIME_SECONDS = 365 * 24 * 3600;
const DEFAULTS: Preferences = {
  language: null,
  captionLanguage: null,
  captionSize: 'medium',
  captionBackdrop: 'shade',
  nextEpisodeByItself: true,
  singleKeys: true,
};

const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  const written = document.cookie.split('; ').find((pair) => pair.startsWith(`${COOKIE}=`));
  if (!written) return DEFAULTS;
  try {
    const kept = JSON.parse(decodeURIComponent(written.slice(COOKIE.length + 1))) as Partial<Preferences>;
    return { ...DEFAULTS, ...kept };
  } catch {
    // Anyone may edit their own cookies; what can't be read counts as never set.
    return DEFAULTS;
  }
}

export function preferences(): Preferences {
  return current;
}

export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  const value = encodeURIComponent(JSON.stringify(current));
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${COOKIE}=${value}; Path=/; Max-Age=${LIFETIME_SECONDS}; SameSite=Strict${secure}`;
  listeners.forEach((listener) => listener());
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, preferences);
}

/** Which language the client speaks: the person's choice, else the browser's; English is there at once, others are fetched. */
import { useSyncExternalStore } from 'react';
import { onPreferences, preferences } from '../preferences/preferences';
import { en, type Messages } from './messages/en';

/** The languages with their own names, as a person looks for them. */
export const LANGUAGES: Record<string, string> = { en: 'English', de: 'Deutsch' };

const dictionaries: Record<string, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  de: () => import('./messages/de').then((module) => module.de),
};

const listeners = new Set<() => void>();
let spoken: { language: string; messages: Messages } = { language: 'en', messages: en };

export function currentLanguage(): string {
  return spoken.language;
}

/** Fetches the words of the wanted language and says it to everyone, the browser included. */
export async function speakPreferredLanguage(): Promise<void> {
  const wanted = [preferences().language, ...navigator.languages].map((tag) => tag?.split('-')[0]);
  const language = wanted.find((tag) => tag !== undefined && tag in dictionaries) ?? 'en';
  const messages = (await dictionaries[language]?.()) ?? en;
  spoken = { language, messages };
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  listeners.forEach((listener) => listener());
}

export function directionOf(language: string): 'rtl' | 'ltr' {
  const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ckb|ps|yi)\b/;
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useMessages(): Messages {
  return useSyncExternalStore(subscribe, () => spoken.messages);
}

export function useLanguage(): string {
  return useSyncExternalStore(subscribe, currentLanguage);
}

onPreferences(() => {
  if (preferences().language !== spoken.language) void speakPreferredLanguage();
});

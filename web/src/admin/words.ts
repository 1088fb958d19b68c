/** A room's own words in every language, kept beside the room: whoever adds one is asked for the other by the compiler. */
import { useLanguage } from '../language/language';

export interface Words<T> {
  en: T;
  de: T;
}

export function defineWords<T>(words: Words<T>): Words<T> {
  return words;
}

export function wordsIn<T>(words: Words<T>, language: string): T {
  return language === 'de' ? words.de : words.en;
}

export function useWords<T>(words: Words<T>): T {
  return wordsIn(words, useLanguage());
}

/** Picks the form of a word that goes with a count: `counted('en', 2, 'show', 'shows')` is "2 shows". */
export function counted(language: 'en' | 'de', count: number, one: string, other: string): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? one : other;
  return `${new Intl.NumberFormat(language).format(count)} ${form}`;
}

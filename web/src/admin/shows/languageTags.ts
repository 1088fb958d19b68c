/** The tags of languages, by the names that they have here or at home. */
import { languageName, ownLanguageName } from '../../language/format';

/** The languages that most films are in; any other tag can be typed. */
export const COMMON_TAGS = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'da',
  'no',
  'fi',
  'cs',
  'el',
  'hu',
  'ro',
  'tr',
  'ru',
  'uk',
  'he',
  'ar',
  'fa',
  'hi',
  'zh',
  'ja',
  'ko',
];
const LOOKS_LIKE_TAG = /^[a-z]{2,3}(-|$)/i;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** Its name here and at home, once where both are the same. */
export function namesOf(tag: string): string[] {
  const [here, home] = [languageName(tag), ownLanguageName(tag)];
  return folded(here) === folded(home) ? [home] : [here, home];
}

/** Whether what was typed is the beginning of the language's tag or of one of its names. */
export function beginsLike(tag: string, typed: string): boolean {
  return [tag, ...namesOf(tag)].some((name) => folded(name).startsWith(folded(typed)));
}

/** The tag of the language whose tag or whole name was typed; anything else as it was typed. */
export function tagMeant(typed: string): string {
  const isMeant = (tag: string) => [tag, ...namesOf(tag)].some((name) => folded(name) === folded(typed));
  const common = COMMON_TAGS.find(isMeant);
  if (common !== undefined || LOOKS_LIKE_TAG.test(typed.trim())) return common ?? typed;
  return twoLetterTags().find(isMeant) ?? typed;
}

/** Those that have a name: browsers do not list the languages that they know. */
function twoLetterTags(): string[] {
  const pairs = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return pairs.filter((pair) => Intl.getCanonicalLocales(pair)[0] === pair && languageName(pair) !== pair);
}

function folded(name: string): string {
  return name.trim().toLocaleLowerCase();
}

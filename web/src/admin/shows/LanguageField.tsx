/** A language's tag, chosen by the name that it has here or at home, or typed. */
import { Autocomplete, type AutocompleteProps, type ComboboxItem } from '@mantine/core';
import { languageName, ownLanguageName } from '../../language/format';

// The languages that most films are in; any other tag can be typed.
const COMMON = [
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

export function LanguageField(props: Omit<AutocompleteProps, 'data' | 'filter' | 'renderOption'>) {
  return (
    <Autocomplete
      data={COMMON}
      filter={({ options, search }) => options.filter((each) => 'value' in each && isMeant(each, search))}
      renderOption={({ option: { value } }) => `${namesOf(value).join(' · ')} (${value})`}
      {...props}
    />
  );
}

function isMeant({ value }: ComboboxItem, search: string): boolean {
  const sought = search.trim().toLocaleLowerCase();
  return [value, ...namesOf(value)].some((name) => name.toLocaleLowerCase().startsWith(sought));
}

/** Its name here and at home, once where both are the same. */
function namesOf(tag: string): string[] {
  const [here, home] = [languageName(tag), ownLanguageName(tag)];
  return here.toLocaleLowerCase() === home.toLocaleLowerCase() ? [home] : [here, home];
}

/** A language's tag, chosen by the name that it has here or at home, or typed as either. */
import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useState } from 'react';
import { beginsLike, COMMON_TAGS, namesOf, tagMeant } from './languageTags';

interface LanguageFieldProps extends Omit<
  AutocompleteProps,
  'data' | 'filter' | 'renderOption' | 'onBlur' | 'onKeyDown'
> {
  value: string;
  onChange: (tag: string) => void;
}

export function LanguageField({ value, error, onChange, ...rest }: LanguageFieldProps) {
  const [open, setOpen] = useState(false);
  const settle = () => {
    const tag = tagMeant(value);
    if (tag !== value) onChange(tag);
  };
  return (
    <Autocomplete
      data={COMMON_TAGS}
      filter={({ options, search }) =>
        options.filter((each) => 'value' in each && beginsLike(each.value, search))
      }
      renderOption={({ option }) => `${namesOf(option.value).join(' · ')} (${option.value})`}
      value={value}
      error={error}
      // Where the list would lie over the words that say what is wrong, it waits for a key or a click.
      openOnFocus={!error}
      onChange={onChange}
      onBlur={settle}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      // Enter sends the form while the field still has the focus.
      onKeyDown={({ key }) => {
        if (key !== 'Enter') return;
        settle();
        setOpen(false);
      }}
      {...rest}
    />
  );
}

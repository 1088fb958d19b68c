/** What stands over a table: the search, the filters, what else narrows it. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words';
import styles from './Toolbar.module.css';
import { kitWords } from './words';

const TYPING_MILLISECONDS = 250;

export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles.toolbar}>{children}</div>;
}

/** Searches while somebody types, a moment after the last key. */
export function SearchField({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  // The address was changed from elsewhere (back, "show everything"): the field follows.
  if (shown !== value) {
    setShown(value);
    if (text.trim() !== value) setText(value);
  }
  const search = useDebouncedCallback(onSearch, TYPING_MILLISECONDS);
  return (
    <TextInput
      className={styles.search ?? ''}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={18} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
    />
  );
}

/** A day, "2027-01-31", or empty. */
export function DayFilter({
  label,
  value,
  onChoose,
}: {
  label: string;
  value: string;
  onChoose: (day: string) => void;
}) {
  return (
    <TextInput
      className={styles.filter ?? ''}
      type="date"
      aria-label={label}
      leftSection={<span aria-hidden="true">{label}</span>}
      leftSectionWidth="3.5rem"
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

/** One of a few; the empty value stands for all of them. */
export function FilterSelect({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: [value: string, words: string][];
  onChoose: (value: string) => void;
}) {
  const words = useWords(kitWords);
  return (
    <NativeSelect
      className={styles.filter ?? ''}
      aria-label={words.filterBy(label)}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[
        { value: '', label: `${label}: ${words.all}` },
        ...options.map(([own, name]) => ({ value: own, label: name })),
      ]}
    />
  );
}

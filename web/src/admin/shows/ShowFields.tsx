/** The fields that an editor fills in about a show, the same before there is one and after. */
import { Autocomplete, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../words';
import { AvailabilityFields } from './AvailabilityFields';
import { FieldGroup } from './FieldGroup';
import { LanguageField } from './LanguageField';
import { knownWords } from './queries';
import styles from './ShowFields.module.css';
import type { ShowText, TextFaults } from './showText';
import { showWords } from './words';
import { WordsField } from './WordsField';

export interface ShowFieldsProps {
  text: ShowText;
  faults: TextFaults;
  onChange: (changes: Partial<ShowText>) => void;
}

const RATINGS = [
  'FSK 0',
  'FSK 6',
  'FSK 12',
  'FSK 16',
  'FSK 18',
  'G',
  'PG',
  'PG-13',
  'R',
  'TV-G',
  'TV-PG',
  'TV-14',
  'TV-MA',
];

export function ShowFields(props: ShowFieldsProps) {
  return (
    <div className={styles.groups}>
      <About {...props} />
      <People {...props} />
      <SeriesPart {...props} />
      <AvailabilityFields {...props} />
    </div>
  );
}

function About({ text, faults, onChange }: ShowFieldsProps) {
  const words = useWords(showWords);
  const known = useQuery(knownWords).data;
  return (
    <FieldGroup name={words.about}>
      <TextInput
        className={styles.wide ?? ''}
        label={words.title}
        name="title"
        // Where a dialog shows the fields, it begins here and not at its close button.
        data-autofocus
        value={text.title}
        error={faults.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        className={styles.wide ?? ''}
        label={words.synopsis}
        name="synopsis"
        autosize
        minRows={3}
        maxRows={14}
        value={text.synopsis}
        error={faults.synopsis}
        onChange={(event) => onChange({ synopsis: event.currentTarget.value })}
      />
      <WordsField name="genres" known={known?.genres} {...{ text, faults, onChange }} />
      <WordsField name="tags" known={known?.tags} {...{ text, faults, onChange }} />
      <LanguageField
        label={words.language}
        description={words.languageHint}
        value={text.language}
        error={faults.language}
        onChange={(language) => onChange({ language })}
      />
      <NumberInput
        label={words.releaseYear}
        min={1870}
        max={2200}
        allowDecimal={false}
        thousandSeparator=""
        clampBehavior="none"
        value={text.releaseYear}
        error={faults.releaseYear}
        onChange={(year) => onChange({ releaseYear: numberOf(year) })}
      />
      <Autocomplete
        label={words.maturityRating}
        data={RATINGS}
        value={text.maturityRating}
        error={faults.maturityRating}
        onChange={(maturityRating) => onChange({ maturityRating })}
      />
    </FieldGroup>
  );
}

function People(props: ShowFieldsProps) {
  const words = useWords(showWords);
  const known = useQuery(knownWords).data;
  return (
    <FieldGroup name={words.people}>
      <WordsField name="cast" known={known?.cast} {...props} />
      <WordsField name="directors" known={known?.directors} {...props} />
    </FieldGroup>
  );
}

function SeriesPart({ text, faults, onChange }: ShowFieldsProps) {
  const words = useWords(showWords);
  const known = useQuery(knownWords).data;
  return (
    <FieldGroup name={words.seriesPart}>
      <Autocomplete
        className={styles.wide ?? ''}
        label={words.series}
        data={known?.series ?? []}
        value={text.seriesTitle}
        error={faults.seriesTitle}
        onChange={(seriesTitle) => onChange({ seriesTitle })}
      />
      <NumberInput
        label={words.season}
        min={0}
        allowDecimal={false}
        disabled={!text.seriesTitle}
        value={text.season}
        error={faults.season}
        onChange={(season) => onChange({ season: numberOf(season) })}
      />
      <NumberInput
        label={words.episode}
        min={0}
        allowDecimal={false}
        disabled={!text.seriesTitle}
        value={text.episode}
        error={faults.episode}
        onChange={(episode) => onChange({ episode: numberOf(episode) })}
      />
    </FieldGroup>
  );
}

function numberOf(value: number | string): number | '' {
  return typeof value === 'number' ? value : '';
}

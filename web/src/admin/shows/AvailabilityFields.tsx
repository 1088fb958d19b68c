/** From when until when viewers see a show, said in the time of whoever fills it in. */
import { TextInput } from '@mantine/core';
import { useWords } from '../words';
import { FieldGroup } from './FieldGroup';
import { fromLocalField, ownTimeZone, toLocalField } from './localTime';
import type { ShowFieldsProps } from './ShowFields';
import { showWords } from './words';

export function AvailabilityFields({ text, faults, onChange }: ShowFieldsProps) {
  const words = useWords(showWords);
  const zone = words.inZone(ownTimeZone());
  return (
    <FieldGroup name={words.availability}>
      <TextInput
        type="datetime-local"
        label={words.from}
        description={zone}
        value={toLocalField(text.availableFrom)}
        error={faults.availableFrom}
        onChange={(event) => onChange({ availableFrom: fromLocalField(event.currentTarget.value) })}
      />
      <TextInput
        type="datetime-local"
        label={words.until}
        description={zone}
        value={toLocalField(text.availableUntil)}
        error={faults.availableUntil}
        onChange={(event) => onChange({ availableUntil: fromLocalField(event.currentTarget.value) })}
      />
    </FieldGroup>
  );
}

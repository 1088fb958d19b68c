/** From when until when viewers see a show, said in the time of whoever fills it in. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words';
import { FieldGroup } from './FieldGroup';
import { fromLocalField, ownTimeZone, toLocalField } from './localTime';
import type { ShowFieldsProps } from './ShowFields';
import { showWords } from './words';

/** Keeps the year at four digits, so that typing goes on to the time behind it. */
const LATEST = '9999-12-31T23:59';

export function AvailabilityFields({ text, faults, onChange }: ShowFieldsProps) {
  const words = useWords(showWords);
  return (
    <FieldGroup name={words.availability}>
      <MomentField
        label={words.from}
        value={text.availableFrom}
        fault={faults.availableFrom}
        onChange={(availableFrom) => onChange({ availableFrom })}
      />
      <MomentField
        label={words.until}
        value={text.availableUntil}
        fault={faults.availableUntil}
        onChange={(availableUntil) => onChange({ availableUntil })}
      />
    </FieldGroup>
  );
}

interface MomentFieldProps {
  label: string;
  value: string;
  fault: string | undefined;
  onChange: (moment: string) => void;
}

function MomentField({ label, value, fault, onChange }: MomentFieldProps) {
  const words = useWords(showWords);
  // A day without a time looks filled in and is nothing yet.
  const [half, setHalf] = useState(false);
  return (
    <TextInput
      type="datetime-local"
      max={LATEST}
      label={label}
      description={words.inZone(ownTimeZone())}
      value={toLocalField(value)}
      error={half ? words.halfMoment : fault}
      onBlur={(event) => setHalf(event.currentTarget.validity.badInput)}
      onChange={(event) => onChange(fromLocalField(event.currentTarget.value))}
    />
  );
}

/** Where a show's streams are, for those that were encoded elsewhere. */
import { TextInput } from '@mantine/core';
import { FieldGroup } from '../shows/FieldGroup';
import type { TextFaults } from '../shows/showText';
import { useWords } from '../words';
import type { Draft } from './draft';
import { editorWords } from './words';

interface StreamFieldsProps {
  draft: Draft;
  faults: TextFaults;
  hint: string;
  onChange: (changes: Partial<Draft>) => void;
}

export function StreamFields({ draft, faults, hint, onChange }: StreamFieldsProps) {
  const words = useWords(editorWords);
  const said = faults as Partial<Record<keyof Draft, string>>;
  return (
    <FieldGroup name={words.streams}>
      <TextInput
        type="url"
        label={words.hlsURL}
        description={hint}
        value={draft.hlsSrcVideoURL}
        error={said.hlsSrcVideoURL}
        onChange={(event) => onChange({ hlsSrcVideoURL: event.currentTarget.value })}
      />
      <TextInput
        type="url"
        label={words.dashURL}
        value={draft.dashSrcVideoURL}
        error={said.dashSrcVideoURL}
        onChange={(event) => onChange({ dashSrcVideoURL: event.currentTarget.value })}
      />
    </FieldGroup>
  );
}

/** Two people changed the same fields: both versions beside each other, to choose from field by field. */
import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { Marker } from '../../api/types';
import { clock, dateAndTime, list } from '../../language/format';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { showWords } from '../shows/words';
import { useWords } from '../words';
import styles from './Editor.module.css';
import { type Draft, draftOf, type Field } from './draft';
import type { Editing } from './useEditing';
import { editorWords } from './words';

export function ConflictDialog({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const [kept, setKept] = useState<Field[]>(editing.clash?.fields ?? []);
  if (!editing.clash) return null;
  const { fields, mine, theirs } = editing.clash;
  return (
    <ConfirmDialog
      question={words.conflict}
      hint={words.conflictHint}
      confirm={words.keepChosen}
      onConfirm={() => editing.settle(kept)}
      onClose={editing.giveWay}
    >
      <div className={styles.rows}>
        {fields.map((field) => (
          <Choice
            key={field}
            field={field}
            mine={mine}
            theirs={draftOf(theirs)}
            isMine={kept.includes(field)}
            onChoose={(isMine) =>
              setKept((before) => (isMine ? [...before, field] : before.filter((each) => each !== field)))
            }
          />
        ))}
      </div>
    </ConfirmDialog>
  );
}

interface ChoiceProps {
  field: Field;
  mine: Draft;
  theirs: Draft;
  isMine: boolean;
  onChoose: (isMine: boolean) => void;
}

function Choice({ field, mine, theirs, isMine, onChoose }: ChoiceProps) {
  const words = useWords(editorWords);
  const name = useFieldName(field);
  const say = (draft: Draft) => valueWords(field, draft[field], words.markerKinds) || words.nothing;
  return (
    <Radio.Group
      label={name}
      value={isMine ? 'mine' : 'theirs'}
      onChange={(value) => onChoose(value === 'mine')}
    >
      <div className={styles.rows}>
        <Radio value="mine" label={`${words.mine}: ${say(mine)}`} />
        <Radio value="theirs" label={`${words.theirs}: ${say(theirs)}`} />
      </div>
    </Radio.Group>
  );
}

function useFieldName(field: Field): string {
  const words = useWords(editorWords);
  const shows = useWords(showWords);
  switch (field) {
    case 'seriesTitle':
      return shows.series;
    case 'availableFrom':
      return shows.from;
    case 'availableUntil':
      return shows.until;
    case 'hlsSrcVideoURL':
      return words.hlsURL;
    case 'dashSrcVideoURL':
      return words.dashURL;
    case 'markers':
      return words.markers;
    default:
      return shows[field];
  }
}

function valueWords(field: Field, value: Draft[Field], kinds: Record<Marker['kind'], string>): string {
  if (!Array.isArray(value)) {
    const isMoment = field === 'availableFrom' || field === 'availableUntil';
    return isMoment && value ? dateAndTime(String(value)) : String(value);
  }
  return list(
    value.map((each) =>
      typeof each === 'string'
        ? each
        : `${kinds[each.kind]} ${clock(each.startSeconds)}–${clock(each.endSeconds)}`,
    ),
  );
}

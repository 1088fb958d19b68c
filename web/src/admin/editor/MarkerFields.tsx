/** Where the recap, the intro and the credits are, for players to offer a way past them. */
import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Marker } from '../../api/types';
import { FieldGroup } from '../shows/FieldGroup';
import { useWords } from '../words';
import styles from './Editor.module.css';
import { editorWords } from './words';

interface MarkerFieldsProps {
  markers: Marker[];
  fault: string | undefined;
  onChange: (markers: Marker[]) => void;
}

const NEW: Marker = { kind: 'intro', startSeconds: 0, endSeconds: 30 };

export function MarkerFields({ markers, fault, onChange }: MarkerFieldsProps) {
  const words = useWords(editorWords);
  const set = (at: number, changes: Partial<Marker>) =>
    onChange(markers.map((marker, place) => (place === at ? { ...marker, ...changes } : marker)));
  return (
    <FieldGroup name={words.markers}>
      <div className={styles.rows}>
        {markers.map((marker, at) => (
          <div key={at} className={styles.row}>
            <NativeSelect
              className={styles.grow ?? ''}
              label={words.markerKind}
              data={Object.entries(words.markerKinds).map(([value, label]) => ({ value, label }))}
              value={marker.kind}
              onChange={(event) => set(at, { kind: event.currentTarget.value as Marker['kind'] })}
            />
            <NumberInput
              className={styles.grow ?? ''}
              label={words.markerFrom}
              min={0}
              value={marker.startSeconds}
              onChange={(value) => set(at, { startSeconds: Number(value) })}
            />
            <NumberInput
              className={styles.grow ?? ''}
              label={words.markerTo}
              min={0}
              value={marker.endSeconds}
              onChange={(value) => set(at, { endSeconds: Number(value) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={words.markerRemove(words.markerKinds[marker.kind])}
              onClick={() => onChange(markers.filter((_, place) => place !== at))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </div>
        ))}
        {fault && <p role="alert">{fault}</p>}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => onChange([...markers, NEW])}
          >
            {words.markerAdd}
          </Button>
        </div>
      </div>
    </FieldGroup>
  );
}

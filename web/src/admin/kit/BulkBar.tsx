/** What can be done with the records that were chosen; stands at the bottom as long as there are any. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words';
import styles from './BulkBar.module.css';
import { ConfirmDialog } from './ConfirmDialog';
import { type Deed, useBulk } from './useBulk';
import { kitWords } from './words';

interface BulkBarProps<Row> {
  rows: Row[];
  nameOf: (row: Row) => string;
  deeds: Deed<Row>[];
  /** The choice has served its purpose. */
  onDone: () => void;
}

export function BulkBar<Row>({ rows, nameOf, deeds, onDone }: BulkBarProps<Row>) {
  const kit = useWords(kitWords);
  const [asking, setAsking] = useState<Deed<Row> | null>(null);
  const { busy, doIt } = useBulk(nameOf);
  const start = (deed: Deed<Row>) => {
    setAsking(null);
    void doIt(deed, rows).then(onDone);
  };
  return (
    <>
      <div
        className={styles.place}
        role="region"
        aria-label={kit.selected(rows.length)}
        hidden={rows.length === 0}
      >
        <div className={styles.chosen}>
          <span>{kit.selected(rows.length)}</span>
          <Button size="compact-md" variant="subtle" color="gray" onClick={onDone}>
            {kit.clearSelection}
          </Button>
        </div>
        <Group gap="xs">
          {deeds.map((deed) => (
            <Button
              key={deed.name}
              size="compact-md"
              variant="light"
              {...(deed.ask && { color: 'red' })}
              loading={busy}
              disabled={!rows.some(deed.fits)}
              onClick={() => (deed.ask ? setAsking(deed) : start(deed))}
            >
              {deed.name}
            </Button>
          ))}
        </Group>
      </div>
      {asking?.ask && (
        <ConfirmDialog
          {...asking.ask}
          question={asking.ask.question(rows.filter(asking.fits).length)}
          dangerous
          onConfirm={() => start(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

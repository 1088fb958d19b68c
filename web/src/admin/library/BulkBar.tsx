/** What can be done with the shows that were chosen; stands at the bottom as long as there are any. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Show } from '../../api/types';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { kitWords } from '../kit/words';
import { useMay } from '../staff';
import { useWords } from '../words';
import styles from './BulkBar.module.css';
import { type Deed, DEEDS, useDoing } from './useDoing';
import { libraryWords } from './words';

export function BulkBar({ shows, onDone }: { shows: Show[]; onDone: () => void }) {
  const words = useWords(libraryWords);
  const kit = useWords(kitWords);
  const mayReview = useMay('review');
  const [asking, setAsking] = useState(false);
  const { busy, doIt } = useDoing();
  const start = (deed: Deed) => {
    setAsking(false);
    void doIt(deed, shows).then(onDone);
  };
  const deeds: Deed[] = mayReview ? ['publish', 'withdraw'] : ['withdraw'];
  return (
    <>
      <div
        className={styles.place}
        role="region"
        aria-label={kit.selected(shows.length)}
        hidden={shows.length === 0}
      >
        <span>{kit.selected(shows.length)}</span>
        <Group gap="xs">
          {deeds.map((deed) => (
            <Button
              key={deed}
              size="compact-md"
              variant="light"
              loading={busy}
              disabled={!shows.some(DEEDS[deed].fits)}
              onClick={() => start(deed)}
            >
              {words[deed]}
            </Button>
          ))}
          <Button
            size="compact-md"
            variant="light"
            color="red"
            loading={busy}
            onClick={() => setAsking(true)}
          >
            {words.remove}
          </Button>
          <Button size="compact-md" variant="subtle" color="gray" onClick={onDone}>
            {kit.clearSelection}
          </Button>
        </Group>
      </div>
      {asking && (
        <ConfirmDialog
          question={words.deleteQuestion(shows.length)}
          hint={words.deleteHint}
          confirm={words.remove}
          dangerous
          onConfirm={() => start('remove')}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

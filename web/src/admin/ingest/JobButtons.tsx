/** The buttons of one job, those that its state allows. */
import { Button, NativeSelect } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job } from '../../api/types';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { isUnderWay } from '../kit/followJob';
import { useWords } from '../words';
import { useJobActions } from './useJobActions';
import { ingestWords } from './words';

const PRIORITIES: Job['priority'][] = ['high', 'normal', 'low'];

export function JobButtons({ job }: { job: Job }) {
  const words = useWords(ingestWords);
  const actions = useJobActions(job.id);
  const [asking, setAsking] = useState(false);
  if (job.state === 'failed' || job.state === 'cancelled')
    return (
      <Button leftSection={<IconRefresh size={18} />} onClick={actions.retry}>
        {words.retry}
      </Button>
    );
  if (!isUnderWay(job)) return null;
  return (
    <>
      <NativeSelect
        aria-label={words.priority}
        value={job.priority}
        data={PRIORITIES.map((value) => ({ value, label: `${words.priority}: ${words.priorities[value]}` }))}
        onChange={(event) => actions.prioritize(event.currentTarget.value as Job['priority'])}
      />
      <Button variant="default" leftSection={<IconX size={18} />} onClick={() => setAsking(true)}>
        {words.cancel}
      </Button>
      {asking && (
        <ConfirmDialog
          question={words.cancelQuestion(job.title)}
          hint={words.cancelHint}
          confirm={words.cancelNow}
          cancel={words.keepGoing}
          dangerous
          onConfirm={() => {
            setAsking(false);
            actions.cancel();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

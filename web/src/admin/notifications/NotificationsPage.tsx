/** Who is told of what, each to be tried, and under it what was told and what became of it. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Subscription } from '../../api/types';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { useAct } from '../kit/useAct';
import { useWords } from '../words';
import { DeliveryLog } from './DeliveryLog';
import styles from './Notifications.module.css';
import { NOTIFICATIONS, sendTest, subscriptions, unsubscribe } from './queries';
import { SubscribeDialog } from './SubscribeDialog';
import { notificationWords } from './words';

export function NotificationsPage() {
  const words = useWords(notificationWords);
  const query = useInfiniteQuery(subscriptions);
  const { act, busy } = useAct(NOTIFICATIONS);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Subscription | null>(null);
  const columns = useColumns({
    onTest: (one) => void act(() => sendTest(one.id), words.tested),
    onRemove: setRemoving,
  });
  return (
    <>
      <PageHead name={words.notifications} hint={words.hint}>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </PageHead>
      <div className={styles.page}>
        <RecordList
          caption={words.subscriptions}
          query={query}
          columns={columns}
          keyOf={(one) => one.id}
          nameOf={(one) => one.target}
          empty={{ title: words.none, hint: words.noneHint }}
        />
        <DeliveryLog />
      </div>
      {adding && <SubscribeDialog onClose={() => setAdding(false)} />}
      {removing && (
        <ConfirmDialog
          question={words.removeQuestion(removing.target)}
          hint={words.removeHint}
          confirm={words.remove}
          dangerous
          busy={busy}
          onConfirm={() =>
            void act(() => unsubscribe(removing.id), words.removed).then(() => setRemoving(null))
          }
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}

interface SubscriptionActions {
  onTest: (one: Subscription) => void;
  onRemove: (one: Subscription) => void;
}

function useColumns({ onTest, onRemove }: SubscriptionActions): Column<Subscription>[] {
  const words = useWords(notificationWords);
  return [
    {
      key: 'target',
      name: words.target,
      cell: (one) => (
        <div className={styles.target}>
          <strong>{one.target}</strong>
          <span className={styles.quiet}>{words.channels[one.channel]}</span>
        </div>
      ),
    },
    {
      key: 'events',
      name: words.events,
      cell: (one) => (
        <ul className={styles.quiet}>
          {one.events.map((event) => (
            <li key={event}>{words.event[event]}</li>
          ))}
        </ul>
      ),
    },
    {
      key: 'actions',
      name: words.test,
      cell: (one) => (
        <span className={styles.buttons}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.testOne(one.target)}
            onClick={() => onTest(one)}
          >
            {words.test}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.removeOne(one.target)}
            onClick={() => onRemove(one)}
          >
            {words.remove}
          </Button>
        </span>
      ),
      atEnd: true,
    },
  ];
}

/** What was told to whom, whether it arrived, and why not; any of it can be sent again. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Delivery } from '../../api/types';
import { useLanguage } from '../../language/language';
import { Badge, type Tone } from '../kit/Badge';
import { Panel } from '../kit/Panel';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { FilterSelect, Toolbar } from '../kit/Toolbar';
import { useAct } from '../kit/useAct';
import { useFilters } from '../kit/useFilters';
import { When } from '../kit/When';
import { useWords } from '../words';
import styles from './Notifications.module.css';
import { sayFailure } from './failures';
import { deliveries, NOTIFICATIONS, replay } from './queries';
import { notificationWords } from './words';

const TONES: Record<Delivery['state'], Tone> = { pending: 'moving', delivered: 'good', failed: 'bad' };

export function DeliveryLog() {
  const words = useWords(notificationWords);
  const filters = useFilters({ state: '', event: '' });
  const { state, event } = filters.values;
  const query = useInfiniteQuery(deliveries(state, event));
  return (
    <Panel title={words.log}>
      <Toolbar>
        <FilterSelect
          label={words.state}
          value={state}
          options={Object.entries(words.states)}
          onChoose={(value) => filters.set({ state: value })}
        />
        <FilterSelect
          label={words.events}
          value={event}
          options={Object.entries(words.event)}
          onChoose={(value) => filters.set({ event: value })}
        />
      </Toolbar>
      <RecordList
        caption={`${words.notifications}: ${words.log}`}
        query={query}
        columns={useColumns()}
        keyOf={(one) => one.id}
        nameOf={(one) => one.title}
        filters={filters}
        empty={{ title: words.logNone, hint: words.logNoneHint }}
      />
    </Panel>
  );
}

function useColumns(): Column<Delivery>[] {
  const words = useWords(notificationWords);
  const language = useLanguage();
  const { act } = useAct(NOTIFICATIONS);
  return [
    {
      key: 'state',
      name: words.state,
      cell: (one) => (
        <div className={styles.state}>
          <Badge tone={TONES[one.state]}>{words.states[one.state]}</Badge>
          {one.failure && <span className={styles.quiet}>{sayFailure(one.failure, language)}</span>}
        </div>
      ),
    },
    {
      key: 'about',
      name: words.about,
      cell: (one) => (
        <div className={styles.target}>
          <span>{words.event[one.event]}</span>
          {one.event !== 'test' && <span className={styles.quiet}>{one.title}</span>}
        </div>
      ),
    },
    { key: 'target', name: words.target, cell: (one) => one.target },
    { key: 'attempts', name: words.attempts, cell: (one) => one.attempts, atEnd: true, wideOnly: true },
    { key: 'when', name: words.when, cell: (one) => <When at={one.createdAt} />, wideOnly: true },
    {
      key: 'again',
      name: words.again,
      cell: (one) =>
        one.state !== 'pending' && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.againOne(one.target)}
            onClick={() => void act(() => replay(one.id), words.replayed)}
          >
            {words.again}
          </Button>
        ),
      atEnd: true,
    },
  ];
}

/** What the completion hook was told, each as it came, to be read again where a setting was mended. */
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { IngestEvent, IngestEventSummary } from '../../api/types';
import { useLanguage, useMessages } from '../../language/language';
import { Badge, type Tone } from '../kit/Badge';
import { Dialog } from '../kit/Dialog';
import { Loaded } from '../kit/Loaded';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { FilterSelect, Toolbar } from '../kit/Toolbar';
import { sayDone, sayProblem } from '../kit/toast';
import { useFilters } from '../kit/useFilters';
import { When } from '../kit/When';
import { useWords } from '../words';
import styles from './JobsPage.module.css';
import { hookEvents, oneEvent, replayEvent } from './queries';
import { sayReason } from './reasons';
import { TextBox } from './TextBox';
import { ingestWords } from './words';

const TONES: Record<IngestEvent['status'], Tone> = {
  received: 'moving',
  accepted: 'good',
  parked: 'waiting',
  ignored: 'quiet',
  unreadable: 'bad',
  failed: 'bad',
};

export function EventsPage() {
  const words = useWords(ingestWords);
  const filters = useFilters({ status: '', event: '' });
  const { status, event } = filters.values;
  const query = useInfiniteQuery(hookEvents(status));
  const columns = useColumns((id) => filters.set({ event: id }));
  return (
    <>
      <PageHead name={words.events} hint={words.eventsHint} />
      <Toolbar>
        <FilterSelect
          label={words.status}
          value={status}
          options={Object.entries(words.statuses)}
          onChoose={(value) => filters.set({ status: value })}
        />
      </Toolbar>
      <RecordList
        caption={words.events}
        query={query}
        columns={columns}
        keyOf={(row) => row.id}
        nameOf={(row) => row.kind ?? row.eventId}
        filters={{ active: status !== '', clear: () => filters.set({ status: '' }) }}
        empty={{ title: words.eventsNone, hint: words.eventsNoneHint }}
      />
      {event && <EventDialog eventId={event} onClose={() => filters.set({ event: '' })} />}
    </>
  );
}

function Status({ status }: { status: IngestEvent['status'] }) {
  const words = useWords(ingestWords);
  return <Badge tone={TONES[status]}>{words.statuses[status]}</Badge>;
}

/** The show that it tells of, or the encoding by the name that its sender gives it. */
function About({ event: { showId, guid } }: { event: IngestEventSummary }) {
  const words = useWords(ingestWords);
  if (showId) return <Link to={`/shows/${showId}`}>{words.toShow}</Link>;
  return guid && <code className={styles.quiet}>{guid}</code>;
}

function useColumns(open: (id: string) => void): Column<IngestEventSummary>[] {
  const words = useWords(ingestWords);
  const language = useLanguage();
  return [
    { key: 'status', name: words.status, cell: (row) => <Status status={row.status} /> },
    {
      key: 'kind',
      name: words.kind,
      cell: (row) => (
        <div className={styles.film}>
          <span>{row.kind ?? '–'}</span>
          {row.reason && <span className={styles.quiet}>{sayReason(row.reason, language)}</span>}
        </div>
      ),
    },
    { key: 'about', name: words.about, cell: (row) => <About event={row} />, wideOnly: true },
    { key: 'came', name: words.received, cell: (row) => <When at={row.receivedAt} /> },
    {
      key: 'look',
      name: words.look,
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.open(row.kind ?? row.eventId)}
          onClick={() => open(row.id)}
        >
          {words.look}
        </Button>
      ),
      atEnd: true,
    },
  ];
}

function EventDialog({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const words = useWords(ingestWords);
  const messages = useMessages();
  const language = useLanguage();
  const cache = useQueryClient();
  const query = useQuery(oneEvent(eventId));
  const replaying = useMutation({
    mutationFn: () => replayEvent(eventId),
    onSuccess: (event) => sayDone(words.replayed(words.statuses[event.status])),
    onError: (error) => sayProblem(error, messages),
    onSettled: () => cache.invalidateQueries({ queryKey: ['mine', 'ingest'] }),
  });
  return (
    <Dialog size="xl" title={query.data?.kind ?? words.events} onClose={onClose}>
      <Loaded query={query}>
        {(event) => (
          <div className={styles.page}>
            <div className={styles.fault}>
              <span>
                <Status status={event.status} /> <When at={event.receivedAt} />
              </span>
              {event.reason && <p>{sayReason(event.reason, language)}</p>}
              <About event={event} />
              <p className={styles.quiet}>{event.eventId}</p>
            </div>
            <TextBox label={words.body} text={pretty(event.body)} />
            <Button
              variant="default"
              loading={replaying.isPending}
              leftSection={<IconRefresh size={18} />}
              onClick={() => replaying.mutate()}
            >
              {words.replay}
            </Button>
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The audit trail, narrowed to an action, a person or a thing. */
import { Button, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AuditEntry } from '../../api/types';
import { dateAndTime } from '../../language/format';
import { useLanguage } from '../../language/language';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { DayFilter, FilterSelect, Toolbar } from '../kit/Toolbar';
import { type Filters, useFilters } from '../kit/useFilters';
import { When } from '../kit/When';
import { kitWords } from '../kit/words';
import { useWords } from '../words';
import styles from './AuditPage.module.css';
import { auditTrail, staffNames } from './queries';
import { sayDetails } from './sayDetails';
import { auditWords } from './words';

type Names = 'action' | 'actor' | 'target' | 'since' | 'until';

export function AuditPage() {
  const words = useWords(auditWords);
  const kit = useWords(kitWords);
  const filters = useFilters({ action: '', actor: '', target: '', since: '', until: '' });
  const { action, actor, target } = filters.values;
  const query = useInfiniteQuery(auditTrail(filters.values));
  const first = query.data?.pages[0]?.items[0];
  const staff = useQuery(staffNames).data;
  // Somebody else, or a program's key, is chosen by a press on a row, and stays to be seen.
  const stranger: [string, string][] =
    actor && !staff?.has(actor) ? [[actor, nameOf(first?.actor, actor)]] : [];
  return (
    <>
      <PageHead name={words.audit} hint={words.hint} />
      <Toolbar>
        <FilterSelect
          label={words.action}
          value={action}
          options={Object.entries(words.actions)}
          onChoose={(value) => filters.set({ action: value })}
        />
        <FilterSelect
          label={words.actor}
          value={actor}
          options={[...(staff ?? []), ...stranger]}
          onChoose={(value) => filters.set({ actor: value })}
        />
        <DayFilter
          label={words.since}
          value={filters.values.since}
          onChoose={(day) => filters.set({ since: day })}
        />
        <DayFilter
          label={words.until}
          value={filters.values.until}
          onChoose={(day) => filters.set({ until: day })}
        />
        {target && (
          <span className={styles.narrowed}>
            {words.onlyTarget(nameOf(first?.target, target))}
            <Button size="compact-sm" variant="default" onClick={() => filters.set({ target: '' })}>
              {kit.clearFilters}
            </Button>
          </span>
        )}
      </Toolbar>
      <RecordList
        caption={words.audit}
        query={query}
        columns={useColumns(filters)}
        keyOf={(entry) => entry.id}
        nameOf={(entry) => words.actions[entry.action]}
        filters={filters}
        empty={{ title: words.none, hint: words.noneHint }}
      />
    </>
  );
}

function useColumns(filters: Filters<Names>): Column<AuditEntry>[] {
  const words = useWords(auditWords);
  const language = useLanguage();
  return [
    {
      key: 'when',
      name: words.when,
      cell: (entry) => (
        <span className={styles.when}>
          <When at={entry.at} />
          <span className={styles.exactly}>{dateAndTime(entry.at)}</span>
        </span>
      ),
    },
    { key: 'action', name: words.action, cell: (entry) => <strong>{words.actions[entry.action]}</strong> },
    {
      key: 'actor',
      name: words.actor,
      cell: ({ actor: { id, name } }) =>
        id === null ? (
          <span className={styles.quiet}>{words.nobody}</span>
        ) : (
          <UnstyledButton
            className={styles.narrow ?? ''}
            aria-label={words.onlyThis(name || ending(id))}
            onClick={() => filters.set({ actor: id })}
          >
            {name || <Id text={id} />}
          </UnstyledButton>
        ),
    },
    { key: 'target', name: words.target, cell: (entry) => <Target entry={entry} /> },
    {
      key: 'address',
      name: words.address,
      cell: (entry) => <span className={styles.quiet}>{entry.address}</span>,
      wideOnly: true,
    },
    {
      key: 'details',
      name: words.details,
      cell: (entry) => <span className={styles.details}>{sayDetails(entry.details, language)}</span>,
      wideOnly: true,
    },
  ];
}

/** Where a thing of this kind is looked at. */
const PAGES: Record<string, string> = { user: '/users', show: '/shows', job: '/ingest' };

function Target({ entry }: { entry: AuditEntry }) {
  const words = useWords(auditWords);
  const target = entry.target;
  if (!target) return null;
  const kinds: Record<string, string> = words.kinds;
  const said = (
    <>
      {kinds[target.kind] ?? target.kind} {target.name || <Id text={target.id} />}
    </>
  );
  const page = PAGES[target.kind];
  return page ? (
    <Link className={styles.target ?? ''} to={`${page}/${target.id}`}>
      {said}
    </Link>
  ) : (
    <span className={styles.target}>{said}</span>
  );
}

/** What is gone, or never had a name, is told apart by its id. */
function nameOf(known: { name: string } | null | undefined, id: string): string {
  const name = known?.name ?? '';
  return name === '' ? ending(id) : name;
}

/** Of an id: its beginning is the time, and the same for whatever came at once. */
function ending(id: string): string {
  return id.slice(-8);
}

function Id({ text }: { text: string }) {
  return (
    <code className={styles.id} title={text}>
      {ending(text)}
    </code>
  );
}

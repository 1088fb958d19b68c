/** A list page by page as a table: before it has come, when it is empty, and with more at its end. */
import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Emptiness } from '../../ui/Notice';
import { useWords } from '../words';
import { Loaded } from './Loaded';
import { MoreRows } from './MoreRows';
import { RecordTable, type RecordTableProps } from './RecordTable';
import { kitWords } from './words';

interface RecordListProps<Row> extends Omit<RecordTableProps<Row>, 'rows' | 'stale'> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  /** What narrows the list: while it does, nothing in it means nothing found. */
  filters?: { active: boolean; clear: () => void };
  empty: { title: string; hint: string };
}

export function RecordList<Row>({ query, filters, empty, ...table }: RecordListProps<Row>) {
  const kit = useWords(kitWords);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.data && rows.length === 0)
    return filters?.active ? (
      <Emptiness title={kit.nothingFound} hint={kit.nothingFoundHint}>
        <Button onClick={filters.clear}>{kit.clearFilters}</Button>
      </Emptiness>
    ) : (
      <Emptiness title={empty.title} hint={empty.hint} />
    );
  return (
    <Loaded query={query}>
      {() => (
        <>
          <RecordTable {...table} rows={rows} stale={query.isPlaceholderData} />
          <MoreRows shown={rows.length} query={query} />
        </>
      )}
    </Loaded>
  );
}

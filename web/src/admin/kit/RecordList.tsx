/** A list page by page as a table: before it has come, when it is empty, and with more at its end. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Emptiness } from '../../ui/Notice';
import { useWords } from '../words';
import { Loaded } from './Loaded';
import { MoreRows } from './MoreRows';
import { type Column, RecordTable } from './RecordTable';
import { kitWords } from './words';

interface RecordListProps<Row> {
  caption: string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  /** Something narrows the list: then nothing in it means nothing found. */
  filtered?: boolean;
  empty: { title: string; hint: string };
}

export function RecordList<Row>(props: RecordListProps<Row>) {
  const { caption, query, columns, keyOf, nameOf, filtered = false, empty } = props;
  const kit = useWords(kitWords);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.data && rows.length === 0)
    return (
      <Emptiness
        title={filtered ? kit.nothingFound : empty.title}
        hint={filtered ? kit.nothingFoundHint : empty.hint}
      />
    );
  return (
    <Loaded query={query}>
      {() => (
        <>
          <RecordTable caption={caption} rows={rows} columns={columns} keyOf={keyOf} nameOf={nameOf} />
          <MoreRows shown={rows.length} query={query} />
        </>
      )}
    </Loaded>
  );
}

/** A table of records: sorted by its heads, rows chosen by boxes, each row with its actions; on a phone each row is a card. */
import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words';
import styles from './RecordTable.module.css';
import { kitWords } from './words';

export interface Column<Row> {
  key: string;
  name: string;
  cell: (row: Row) => ReactNode;
  /** What to sort by when the head is pressed, and then when it is pressed again. */
  sort?: [first: string, second?: string];
  /** The first way to sort has the newest or greatest on top. */
  greatestFirst?: boolean;
  /** Numbers stand at the end, so that they can be compared. */
  atEnd?: boolean;
  /** Says nothing by itself: on a phone, where there is no head, its name stands before it. */
  named?: boolean;
  /** Left out where there is no room for it. */
  wideOnly?: boolean;
}

export interface Selection {
  chosen: ReadonlySet<string>;
  choose: (keys: ReadonlySet<string>) => void;
}

export interface RecordTableProps<Row> {
  /** Names the table for whoever can't see it. */
  caption: string;
  rows: Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  /** What a row is called, in the names of its box. */
  nameOf: (row: Row) => string;
  selection?: Selection;
  sorting?: { by: string; sort: (by: string) => void };
  /** Newer rows are on their way; these are the old ones. */
  stale?: boolean;
}

export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { caption, rows, columns, keyOf, nameOf, selection, sorting, stale = false } = props;
  return (
    <div
      className={styles.region}
      role="region"
      aria-label={caption}
      // Too many columns for the window scroll in here, and a keyboard must be able to.
      // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
      tabIndex={0}
      data-stale={stale || undefined}
    >
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className={styles.box}>
                <AllBox rows={rows} keyOf={keyOf} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-chosen={flag(selection?.chosen.has(keyOf(row)))}>
              {selection && (
                <td className={styles.box}>
                  <RowBox name={nameOf(row)} ownKey={keyOf(row)} selection={selection} />
                </td>
              )}
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-column={column.key}
                  data-at-end={flag(column.atEnd)}
                  data-wide-only={flag(column.wideOnly)}
                  data-name={column.named ? column.name : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An attribute that is there or not. */
function flag(on: boolean | undefined): true | undefined {
  return on === true ? true : undefined;
}

function Head<Row>({ column, sorting }: { column: Column<Row>; sorting: RecordTableProps<Row>['sorting'] }) {
  const { name, sort, atEnd, wideOnly } = column;
  const place = { 'data-at-end': flag(atEnd), 'data-wide-only': flag(wideOnly) };
  if (!sort || !sorting)
    return (
      <th scope="col" {...place}>
        {name}
      </th>
    );
  const [first, second] = sort;
  const direction = directionOf(column, sorting.by);
  return (
    <th scope="col" aria-sort={direction} {...place}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => sorting.sort(sorting.by === first && second ? second : first)}
      >
        {name}
        {direction === 'ascending' && <IconArrowUp size={16} />}
        {direction === 'descending' && <IconArrowDown size={16} />}
      </button>
    </th>
  );
}

function directionOf<Row>({ sort, greatestFirst = false }: Column<Row>, by: string) {
  const place = sort?.indexOf(by) ?? -1;
  if (place < 0) return 'none';
  return (place === 0) === greatestFirst ? 'descending' : 'ascending';
}

function AllBox<Row>({
  rows,
  keyOf,
  selection,
}: {
  rows: Row[];
  keyOf: (row: Row) => string;
  selection: Selection;
}) {
  const words = useWords(kitWords);
  const keys = rows.map(keyOf);
  const count = keys.filter((key) => selection.chosen.has(key)).length;
  return (
    <Checkbox
      aria-label={words.selectAll}
      checked={count > 0 && count === keys.length}
      indeterminate={count > 0 && count < keys.length}
      onChange={() => selection.choose(new Set(count === keys.length ? [] : keys))}
    />
  );
}

function RowBox({ name, ownKey, selection }: { name: string; ownKey: string; selection: Selection }) {
  const words = useWords(kitWords);
  const turn = () => {
    const chosen = new Set(selection.chosen);
    if (!chosen.delete(ownKey)) chosen.add(ownKey);
    selection.choose(chosen);
  };
  return <Checkbox aria-label={words.select(name)} checked={selection.chosen.has(ownKey)} onChange={turn} />;
}

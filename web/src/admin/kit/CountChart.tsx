/** A few counts as bars, and the same counts as a table for whoever would rather read them. */
import { Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words';
import styles from './CountChart.module.css';
import { kitWords } from './words';

interface CountChartProps {
  counts: { name: string; count: number }[];
  /** Heads of the table's columns. */
  heads: [name: string, count: string];
  /** Bars that stand, for a course of days; else they lie. */
  standing?: boolean;
}

export function CountChart({ counts, heads, standing = false }: CountChartProps) {
  const words = useWords(kitWords);
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <div className={styles.chart}>
      {asTable ? (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{heads[0]}</Table.Th>
              <Table.Th scope="col">{heads[1]}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {counts.map(({ name, count }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{count}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <div className={standing ? styles.plot : undefined}>
          {standing && (
            <p className={styles.scale} aria-hidden="true">
              <span>{most}</span>
              <span>0</span>
            </p>
          )}
          <ul className={standing ? styles.standing : styles.lying}>
            {counts.map(({ name, count }) => (
              <li key={name} title={`${name}: ${count}`}>
                <span className={standing ? 'visually-hidden' : styles.name}>{name}</span>
                <span className={styles.track}>
                  <span className={styles.bar} style={{ '--share': count / most } as React.CSSProperties} />
                </span>
                <span className={styles.count}>{standing && count === 0 ? '' : count}</span>
              </li>
            ))}
          </ul>
          {standing && (
            <p className={styles.ends} aria-hidden="true">
              <span>{counts[0]?.name}</span>
              <span>{counts.at(-1)?.name}</span>
            </p>
          )}
        </div>
      )}
      <Switch
        size="sm"
        label={words.asTable}
        checked={asTable}
        onChange={(event) => setAsTable(event.currentTarget.checked)}
      />
    </div>
  );
}

/** The end of a list that has more: how much is shown, and the button to the rest. */
import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useWords } from '../words';
import styles from './MoreRows.module.css';
import { kitWords } from './words';

interface MoreRowsProps {
  shown: number;
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

export function MoreRows({ shown, query }: MoreRowsProps) {
  const words = useWords(kitWords);
  return (
    <div className={styles.more}>
      <span role="status">{words.rows(shown, query.hasNextPage)}</span>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.loadMore}
        </Button>
      )}
    </div>
  );
}

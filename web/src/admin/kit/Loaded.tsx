/** What the API answered, once it has: before that the places of what is coming, after a failure the way to ask again. */
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { UnreachableError } from '../../api/problem';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Skeleton } from '../../ui/Skeleton';
import styles from './Loaded.module.css';

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  /** How many rows of skeleton hold the place. */
  rows?: number;
  children: (data: T) => ReactNode;
}

const ASK_AGAIN_MILLISECONDS = 5000;

export function Loaded<T>({ query, rows = 5, children }: LoadedProps<T>) {
  const messages = useMessages();
  useAskingAgain(query);
  // What was there stays when asking again has failed: it is said by whoever asked.
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return (
      <FaultNotice
        words={problemWords(query.error, messages)}
        again={{ label: messages.tryAgain, run: () => void query.refetch() }}
      />
    );
  return (
    <div className={styles.rows} role="status" aria-label={messages.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} blockSize="3.25rem" />
      ))}
    </div>
  );
}

/** A server that was away comes back by itself, and so does what was asked of it. */
function useAskingAgain({ error, refetch }: Pick<UseQueryResult, 'error' | 'refetch'>): void {
  const away = error instanceof UnreachableError;
  const ask = useEffectEvent(() => void refetch());
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(() => ask(), ASK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [away]);
}

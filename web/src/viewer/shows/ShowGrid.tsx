/** Shows side by side, as many as the window has room for. */
import type { ReactNode } from 'react';
import { ShowCardSkeleton } from './ShowCard';
import styles from './ShowGrid.module.css';

const SKELETONS = 12;

/** `stale` dims what is about to be replaced, such as the finds of the word before. */
export function ShowGrid({ children, stale = false }: { children: ReactNode; stale?: boolean }) {
  return <ul className={`${styles.grid} ${stale ? styles.stale : ''}`}>{children}</ul>;
}

export function ShowGridSkeleton() {
  return (
    <ShowGrid>
      {Array.from({ length: SKELETONS }, (_, place) => (
        <li key={place}>
          <ShowCardSkeleton />
        </li>
      ))}
    </ShowGrid>
  );
}

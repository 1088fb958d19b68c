/** A row of shows that scrolls sideways by touch, wheel, arrow buttons, or simply by Tab through its cards. */
import { type RefObject, Children, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../../language/language';
import { IconButton } from '../../ui/Button';
import { FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import styles from './Rail.module.css';
import { ShowCardSkeleton } from './ShowCard';

const SCREENFUL = 0.85;
const SKELETONS = 7;

export function Rail({ title, children }: { title: string; children: ReactNode }) {
  const words = useMessages();
  const heading = useId();
  const track = useRef<HTMLUListElement>(null);
  const { atStart, atEnd } = useEnds(track, Children.count(children));
  const scroll = (direction: 1 | -1) => {
    const list = track.current;
    if (!list) return;
    const onwards = getComputedStyle(list).direction === 'rtl' ? -direction : direction;
    list.scrollBy({ left: onwards * list.clientWidth * SCREENFUL });
  };
  return (
    <section className={styles.rail} aria-labelledby={heading}>
      <div className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <div className={styles.arrows} data-needless={(atStart && atEnd) || undefined}>
          <IconButton
            icon="left"
            label={words.scrollBack(title)}
            aria-disabled={atStart}
            onClick={() => scroll(-1)}
          />
          <IconButton
            icon="right"
            label={words.scrollOn(title)}
            aria-disabled={atEnd}
            onClick={() => scroll(1)}
          />
        </div>
      </div>
      <ul ref={track} className={styles.track}>
        {children}
      </ul>
    </section>
  );
}

/** Whether the first and the last card are to be seen whole: found out by the browser, without a layout of ours. */
function useEnds(track: RefObject<HTMLUListElement | null>, cards: number) {
  const [ends, setEnds] = useState({ atStart: true, atEnd: false });
  useEffect(() => {
    const list = track.current;
    const [first, last] = [list?.firstElementChild, list?.lastElementChild];
    if (!list || !first || !last) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (target === first) setEnds((known) => ({ ...known, atStart: isIntersecting }));
          if (target === last) setEnds((known) => ({ ...known, atEnd: isIntersecting }));
        }
      },
      // A pixel may be lost to rounding.
      { root: list, threshold: 0.95 },
    );
    watcher.observe(first);
    watcher.observe(last);
    return () => watcher.disconnect();
  }, [track, cards]);
  return ends;
}

export function RailSkeleton({ title }: { title: string }) {
  return (
    <Rail title={title}>
      {Array.from({ length: SKELETONS }, (_, place) => (
        <li key={place}>
          <ShowCardSkeleton />
        </li>
      ))}
    </Rail>
  );
}

export function RailFault({ title, error, again }: { title: string; error: unknown; again: () => void }) {
  const words = useMessages();
  return (
    <section className={styles.rail} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
      </div>
      <div className={styles.fault}>
        <FaultNotice
          words={`${words.rowFailed} ${problemWords(error, words)}`}
          again={{ label: words.tryAgain, run: again }}
        />
      </div>
    </section>
  );
}

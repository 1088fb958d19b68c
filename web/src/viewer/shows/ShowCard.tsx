/** A show in a row or a grid: one link, its picture first. */
import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { facts, length } from '../../language/format';
import { useMessages } from '../../language/language';
import { Artwork } from '../../ui/Artwork';
import { Icon } from '../../ui/Icon';
import { Skeleton } from '../../ui/Skeleton';
import { episodeMark } from './episodes';
import styles from './ShowCard.module.css';

/** As the rows and grids lay it out. */
const CARD_SIZES = '(max-width: 30em) 62vw, (max-width: 86em) max(13.5rem, 24vw), 22rem';

interface ShowCardProps {
  show: Show;
  /** 0 to 1; drawn as a line under the picture. */
  watched?: number | null;
  /** Where the link leads: the show's page, or right into playing it. */
  leadsTo?: 'details' | 'playing';
  urgent?: boolean;
}

export function ShowCard({ show, watched = null, leadsTo = 'details', urgent = false }: ShowCardProps) {
  const words = useMessages();
  const about = facts(
    episodeMark(show, words.episodeShort),
    show.releaseYear,
    show.durationSeconds && length(show.durationSeconds),
    show.maturityRating,
  );
  return (
    <Link className={styles.card} to={leadsTo === 'playing' ? `/watch/${show.id}` : `/title/${show.id}`}>
      <span className={styles.picture}>
        <Artwork show={show} sizes={CARD_SIZES} urgent={urgent} />
        <span className={styles.glyph}>
          <Icon name={leadsTo === 'playing' ? 'play' : 'right'} />
        </span>
        {watched !== null && <WatchedLine fraction={watched} />}
      </span>
      <span className={styles.title}>{show.title}</span>
      <span className={styles.facts}>{about || '\u00a0'}</span>
    </Link>
  );
}

export function WatchedLine({ fraction }: { fraction: number }) {
  const words = useMessages();
  const percent = Math.round(fraction * 100);
  return (
    <span className={styles.progress}>
      <span className={styles.watched} style={{ inlineSize: `${percent}%` } satisfies CSSProperties} />
      <span className="visually-hidden">{words.watched(percent)}</span>
    </span>
  );
}

export function ShowCardSkeleton() {
  return (
    <span className={styles.card}>
      <Skeleton aspectRatio="16 / 9" />
      <span className={styles.title}>
        <Skeleton inlineSize="70%" blockSize="1.25em" />
      </span>
      <span className={styles.facts}>
        <Skeleton inlineSize="45%" blockSize="1.2em" />
      </span>
    </span>
  );
}

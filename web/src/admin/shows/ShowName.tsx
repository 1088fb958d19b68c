/** A show in a list: its picture, its title as the way to it, and which episode it is. */
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { facts } from '../../language/format';
import { Artwork } from '../../ui/Artwork';
import styles from './ShowName.module.css';

/** Kept on one line. */
function episodeOf({ season, episode }: NonNullable<Show['series']>): string {
  return [season && `S${season}`, episode && `E${episode}`].filter(Boolean).join('\u00a0');
}

export function ShowName({ show, to }: { show: Show; to?: string }) {
  const { series } = show;
  const place = series && facts(series.title, episodeOf(series));
  return (
    <div className={styles.show}>
      <div className={styles.picture}>
        <Artwork show={show} sizes="96px" />
      </div>
      <div className={styles.words}>
        {to ? (
          <Link className={styles.title} to={to}>
            {show.title}
          </Link>
        ) : (
          <span className={styles.title}>{show.title}</span>
        )}
        {place && <span className={styles.place}>{place}</span>}
      </div>
    </div>
  );
}

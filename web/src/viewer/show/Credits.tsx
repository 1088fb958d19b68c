/** Who made it, what kind it is, in which languages. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { date, languageName, list } from '../../language/format';
import { useMessages } from '../../language/language';
import styles from './ShowPage.module.css';

export function Credits({ show }: { show: Show }) {
  const words = useMessages();
  const lines: [name: string, value: ReactNode][] = [];
  if (show.genres.length > 0) lines.push([words.genre, <Genres key="genres" genres={show.genres} />]);
  if (show.cast.length > 0) lines.push([words.cast, list(show.cast)]);
  if (show.directors.length > 0) lines.push([words.directors, list(show.directors)]);
  if (show.language) lines.push([words.audioLanguage, languageName(show.language)]);
  if (show.captions.length > 0)
    lines.push([words.captions, list(show.captions.map((caption) => caption.label))]);
  if (show.tags.length > 0) lines.push([words.tags, list(show.tags)]);
  if (show.availableUntil) lines.push(['', words.availableUntil(date(show.availableUntil))]);
  if (lines.length === 0) return null;
  return (
    <dl className={styles.credits}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Genres({ genres }: { genres: string[] }) {
  return (
    <span className={styles.genres}>
      {genres.map((genre) => (
        <Link key={genre} to={`/browse?${new URLSearchParams({ genre }).toString()}`}>
          {genre}
        </Link>
      ))}
    </span>
  );
}

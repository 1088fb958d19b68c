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
  if (show.genres.length > 0)
    lines.push([words.genre, <Finds key="genres" by="genre" names={show.genres} />]);
  if (show.cast.length > 0) lines.push([words.cast, <Finds key="cast" by="q" names={show.cast} />]);
  if (show.directors.length > 0)
    lines.push([words.directors, <Finds key="directors" by="q" names={show.directors} />]);
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

/** Each name leads to whatever else has it. */
function Finds({ by, names }: { by: 'genre' | 'q'; names: string[] }) {
  return (
    <span className={styles.finds}>
      {[...new Set(names)].map((name) => (
        <Link key={name} to={`/browse?${new URLSearchParams({ [by]: name }).toString()}`}>
          {name}
        </Link>
      ))}
    </span>
  );
}

/** What viewers will read of the film: part of what is judged. */
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { languageName, list } from '../../language/format';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import styles from './FactsPanel.module.css';
import { reviewWords } from './words';

export function FactsPanel({ show }: { show: Show }) {
  const words = useWords(reviewWords);
  const series = show.series;
  const facts: [name: string, value: string | null][] = [
    [words.synopsis, show.synopsis],
    [words.series, series && `${series.title}, S${series.season} E${series.episode}`],
    [words.genres, list(show.genres)],
    [words.year, show.releaseYear === null ? null : String(show.releaseYear)],
    [words.rating, show.maturityRating],
    [words.language, show.language && languageName(show.language)],
    [words.directors, list(show.directors)],
    [words.cast, list(show.cast)],
    [words.captions, list(show.captions.map((caption) => caption.label || languageName(caption.language)))],
    [words.renditions, list(show.renditions.map((rendition) => `${rendition.height}p`))],
  ];
  const missing = facts.filter(([, value]) => !value).map(([name]) => name);
  return (
    <Panel
      title={words.facts}
      aside={
        // The tester stands in a document of its own.
        <Link to={`/tester?show=${show.id}`} reloadDocument>
          {words.testStream}
        </Link>
      }
    >
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {missing.length > 0 && (
          <div>
            <dt>{words.missing}</dt>
            <dd className={styles.missing}>{list(missing)}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

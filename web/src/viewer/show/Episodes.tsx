/** The episodes of a series, a season at a time. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { Artwork } from '../../ui/Artwork';
import { SelectField } from '../../ui/Field';
import { episodeMark } from '../shows/episodes';
import { episodesOf } from '../shows/queries';
import styles from './ShowPage.module.css';

export function Episodes({ show, series }: { show: Show; series: string }) {
  const words = useMessages();
  const [season, setSeason] = useState(show.series?.season ?? 0);
  const episodes = useQuery(episodesOf(series)).data ?? [];
  const seasons = [...new Set(episodes.map((episode) => episode.series?.season ?? 0))];
  if (episodes.length < 2) return null;
  return (
    <section className={styles.episodes} aria-labelledby="episodes">
      <h2 id="episodes">{words.episodes}</h2>
      {seasons.length > 1 && (
        <div className={styles.season}>
          <SelectField
            label={words.season}
            value={String(season)}
            options={seasons.map((number) => [String(number), words.seasonNumber(number)])}
            onChoose={(value) => setSeason(Number(value))}
          />
        </div>
      )}
      <ol>
        {episodes
          .filter((episode) => (episode.series?.season ?? 0) === season)
          .map((episode) => (
            <li key={episode.id}>
              <Link
                className={styles.row}
                to={`/title/${episode.id}`}
                aria-current={episode.id === show.id ? 'page' : undefined}
              >
                <Artwork show={episode} sizes="(max-width: 40em) 40vw, 14rem" />
                <span>
                  <span className={styles.name}>
                    {episodeMark(episode, words.episodeShort)} {episode.title}
                  </span>
                  <span className={styles.about}>{episode.synopsis}</span>
                </span>
              </Link>
            </li>
          ))}
      </ol>
    </section>
  );
}

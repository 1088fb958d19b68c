/** The first page: one show large, then what one has begun, what one has kept, what is new, and a row for each genre. */
import { useQuery } from '@tanstack/react-query';
import type { ShowPage } from '../../api/types';
import { useMessages } from '../../language/language';
import { Emptiness, FaultNotice } from '../../ui/Notice';
import { PageTitle } from '../../ui/PageTitle';
import { problemWords } from '../../forms/problemWords';
import { Rail, RailSkeleton } from '../shows/Rail';
import { ShowCard } from '../shows/ShowCard';
import { facetsOfShows, latestShows } from '../shows/queries';
import { GenreRail } from './GenreRail';
import { Hero, HeroSkeleton } from './Hero';
import styles from './HomePage.module.css';
import { ContinueRail, ListRail } from './MyRails';

const MOST_GENRES = 8;

export function HomePage() {
  const words = useMessages();
  const shows = useQuery(latestShows);
  return (
    <>
      <PageTitle name={words.home} hidden />
      {shows.isPending && (
        <>
          <HeroSkeleton />
          <RailSkeleton title={words.newShows} />
        </>
      )}
      {shows.isError && (
        <div className={styles.alone}>
          <FaultNotice
            words={problemWords(shows.error, words)}
            again={{ label: words.tryAgain, run: () => void shows.refetch() }}
          />
        </div>
      )}
      {shows.isSuccess && <Programme latest={shows.data} />}
    </>
  );
}

function Programme({ latest }: { latest: ShowPage }) {
  const words = useMessages();
  const genres = useQuery(facetsOfShows).data?.genres ?? [];
  const shows = latest.items;
  const featured = shows.find(({ id }) => id === latest.featuredShowId) ?? shows[0];
  if (!featured) {
    return (
      <div className={styles.alone}>
        <Emptiness title={words.nothingPublished} hint={words.nothingPublishedHint} />
      </div>
    );
  }
  return (
    <>
      <Hero show={featured} />
      <ContinueRail />
      <ListRail />
      <Rail title={words.newShows}>
        {shows.map((show) => (
          <li key={show.id}>
            <ShowCard show={show} />
          </li>
        ))}
      </Rail>
      {genres.slice(0, MOST_GENRES).map(({ value }) => (
        <GenreRail key={value} genre={value} />
      ))}
    </>
  );
}

/** All about one show, and the way into it. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { Show } from '../../api/types';
import { hasStatus } from '../../api/problem';
import { facts, length } from '../../language/format';
import { useMessages } from '../../language/language';
import { Artwork } from '../../ui/Artwork';
import { LinkButton } from '../../ui/Button';
import { FaultNotice } from '../../ui/Notice';
import { PageTitle } from '../../ui/PageTitle';
import { Skeleton } from '../../ui/Skeleton';
import { problemWords } from '../../forms/problemWords';
import { episodeMark } from '../shows/episodes';
import { ListToggle } from '../shows/ListToggle';
import { oneShow } from '../shows/queries';
import { Credits } from './Credits';
import { Episodes } from './Episodes';
import { MoreLikeThis } from './MoreLikeThis';
import { PlayButtons } from './PlayButtons';
import styles from './ShowPage.module.css';

export function ShowPage() {
  const { showId = '' } = useParams();
  const words = useMessages();
  const show = useQuery(oneShow(showId));
  if (show.isPending) return <ShowSkeleton />;
  if (show.isSuccess) return <Details key={showId} show={show.data} />;
  const gone = hasStatus(show.error, 404, 422);
  return (
    <div className={styles.alone}>
      <PageTitle name={words.showGone} hidden={!gone} className={styles.title} />
      {gone ? (
        <>
          <p className={styles.hint}>{words.showGoneHint}</p>
          <LinkButton to="/browse">{words.findSomething}</LinkButton>
        </>
      ) : (
        <FaultNotice
          words={problemWords(show.error, words)}
          again={{ label: words.tryAgain, run: () => void show.refetch() }}
        />
      )}
    </div>
  );
}

function Details({ show }: { show: Show }) {
  const words = useMessages();
  return (
    <article>
      <div className={styles.stage}>
        <div className={styles.art}>
          <Artwork show={show} sizes="100vw" urgent />
        </div>
        <div className={styles.words}>
          {show.series && (
            <p className={styles.kicker}>{facts(show.series.title, episodeMark(show, words.episode))}</p>
          )}
          <PageTitle name={show.title} className={styles.title} />
          <Facts show={show} />
          {show.synopsis ? <p className={styles.synopsis}>{show.synopsis}</p> : null}
          <div className={styles.buttons}>
            <PlayButtons show={show} />
            <ListToggle showId={show.id} />
          </div>
        </div>
      </div>
      <Credits show={show} />
      {show.series && <Episodes show={show} series={show.series.title} />}
      <MoreLikeThis show={show} />
    </article>
  );
}

const FULL_HD_LINES = 1080;
const ULTRA_HD_LINES = 2160;

/** What is worth saying of a picture's size; nothing below full HD. */
function sizeMark(height: number | null): string | null {
  if (height === null || height < FULL_HD_LINES) return null;
  return height < ULTRA_HD_LINES ? 'HD' : '4K';
}

function Facts({ show }: { show: Show }) {
  const words = useMessages();
  const size = sizeMark(show.height);
  return (
    <ul className={styles.facts}>
      {show.releaseYear && <li>{show.releaseYear}</li>}
      {show.durationSeconds && <li>{length(show.durationSeconds)}</li>}
      {show.maturityRating && (
        <li className={styles.mark} aria-label={words.rated(show.maturityRating)}>
          {show.maturityRating}
        </li>
      )}
      {size && <li className={styles.mark}>{size}</li>}
      {show.captions.length > 0 && (
        <li className={styles.mark} aria-label={words.captions}>
          CC
        </li>
      )}
    </ul>
  );
}

function ShowSkeleton() {
  const words = useMessages();
  return (
    <div className={styles.stage} aria-busy="true" aria-label={words.loading} role="status">
      <div className={styles.words}>
        <Skeleton inlineSize="min(34rem, 80vw)" blockSize="4.5rem" />
        <Skeleton inlineSize="14rem" blockSize="1.6rem" />
        <Skeleton inlineSize="min(38rem, 88vw)" blockSize="6rem" />
        <Skeleton inlineSize="20rem" blockSize="2.75rem" />
      </div>
    </div>
  );
}

/** The show that the home page opens with, as large as its picture allows. */
import type { Show } from '../../api/types';
import { facts, length } from '../../language/format';
import { useMessages } from '../../language/language';
import { Artwork } from '../../ui/Artwork';
import { LinkButton } from '../../ui/Button';
import { Skeleton } from '../../ui/Skeleton';
import styles from './Hero.module.css';

export function Hero({ show }: { show: Show }) {
  const words = useMessages();
  const about = facts(
    show.releaseYear,
    show.durationSeconds && length(show.durationSeconds),
    ...show.genres.slice(0, 3),
  );
  return (
    <section className={styles.hero} aria-labelledby="featured">
      <div className={styles.art}>
        <Artwork show={show} sizes="100vw" urgent />
      </div>
      <div className={styles.words}>
        <p className={styles.kicker}>{words.featured}</p>
        <h2 id="featured" className={styles.title}>
          {show.title}
        </h2>
        {about && <p className={styles.facts}>{about}</p>}
        {show.synopsis && <p className={styles.synopsis}>{show.synopsis}</p>}
        <div className={styles.buttons}>
          <LinkButton weight="main" icon="play" to={`/watch/${show.id}`}>
            {words.play}
          </LinkButton>
          <LinkButton icon="info" to={`/title/${show.id}`}>
            {words.moreInfo}
          </LinkButton>
        </div>
      </div>
    </section>
  );
}

export function HeroSkeleton() {
  return (
    <div className={styles.hero}>
      <div className={styles.words}>
        <Skeleton inlineSize="9rem" blockSize="1.5rem" />
        <Skeleton inlineSize="min(32rem, 80vw)" blockSize="clamp(2.5rem, 1.2rem + 5.2vw, 5.75rem)" />
        <Skeleton inlineSize="14rem" blockSize="1.5rem" />
        <Skeleton inlineSize="min(36rem, 88vw)" blockSize="5rem" />
        <Skeleton inlineSize="18rem" blockSize="2.75rem" />
      </div>
    </div>
  );
}

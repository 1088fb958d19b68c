/** The next episode, which starts by itself after a countdown unless somebody objects or has turned that off. */
import { useEffect, useState } from 'react';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { usePreferences } from '../../preferences/preferences';
import { Artwork } from '../../ui/Artwork';
import { Button } from '../../ui/Button';
import styles from './UpNext.module.css';

const COUNTDOWN_SECONDS = 10;
const SECOND_MILLISECONDS = 1000;

interface UpNextProps {
  show: Show;
  onPlay: () => void;
  onCancel: () => void;
}

export function UpNext({ show, onPlay, onCancel }: UpNextProps) {
  const words = useMessages();
  const { nextEpisodeByItself } = usePreferences();
  const [seconds, setSeconds] = useState(COUNTDOWN_SECONDS);
  useEffect(() => {
    if (!nextEpisodeByItself) return;
    if (seconds === 0) {
      onPlay();
      return;
    }
    const timer = setTimeout(() => setSeconds(seconds - 1), SECOND_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [nextEpisodeByItself, seconds, onPlay]);
  return (
    <section className={styles.card} aria-label={words.upNext}>
      <div className={styles.art}>
        <Artwork url={show.posterURL} title={show.title} />
      </div>
      <div className={styles.words}>
        <p className={styles.kicker}>{words.upNext}</p>
        <p className={styles.title}>{show.title}</p>
        {nextEpisodeByItself && <p>{words.startsIn(seconds)}</p>}
        <div className={styles.buttons}>
          <Button weight="main" icon="play" onClick={onPlay}>
            {words.playNow}
          </Button>
          <Button onClick={onCancel}>{words.cancel}</Button>
        </div>
      </div>
    </section>
  );
}

/**
 * The next episode, which starts by itself after a countdown unless somebody objects, has turned that off, or has let
 * several begin without a sign of being there: then they are asked, and the film stands until they answer.
 */
import { useEffect, useRef, useState } from 'react';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import type { NextOffer } from '../../player/Player';
import { usePreferences } from '../../preferences/preferences';
import { Artwork } from '../../ui/Artwork';
import { Button } from '../../ui/Button';
import { mayBeAsleep, noteUnattended } from './presence';
import styles from './UpNext.module.css';

const COUNTDOWN_SECONDS = 10;
const SECOND_MILLISECONDS = 1000;

interface UpNextProps {
  show: Show;
  offer: NextOffer;
  onPlay: () => void;
}

export function UpNext({ show, offer, onPlay }: UpNextProps) {
  const words = useMessages();
  const { nextEpisodeByItself } = usePreferences();
  const [asks] = useState(() => nextEpisodeByItself && mayBeAsleep());
  const counts = nextEpisodeByItself && !asks;
  const [seconds, setSeconds] = useState(COUNTDOWN_SECONDS);
  const isHeld = useRef(offer.isHeld);
  useEffect(() => {
    isHeld.current = offer.isHeld;
  });
  useEffect(() => {
    if (!counts) return;
    const count = () => setSeconds((left) => (left === 0 || isHeld.current() ? left : left - 1));
    const timer = setInterval(count, SECOND_MILLISECONDS);
    return () => clearInterval(timer);
  }, [counts]);
  useEffect(() => {
    if (seconds > 0) return;
    noteUnattended();
    onPlay();
  }, [seconds, onPlay]);
  return (
    <section className={styles.card} aria-label={words.upNext}>
      <div className={styles.art}>
        <Artwork show={show} sizes="14rem" />
      </div>
      <div className={styles.words}>
        <p className={styles.kicker}>{words.upNext}</p>
        <p className={styles.title}>{show.title}</p>
        {counts && <p>{words.startsIn(seconds)}</p>}
        {asks && <p role="status">{words.stillWatching}</p>}
        <div className={styles.buttons}>
          <Button weight="main" icon="play" onClick={onPlay}>
            {words.playNow}
          </Button>
          <Button onClick={offer.onRefuse}>{offer.overCredits ? words.watchCredits : words.cancel}</Button>
        </div>
      </div>
    </section>
  );
}

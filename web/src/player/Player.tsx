/** The player: an engine in its stage, and above it what the engine can't know: back, resumed, trouble, help. */
import { type ReactNode, useEffect, useReducer, useRef, useState } from 'react';
import { clock } from '../language/format';
import { useMessages } from '../language/language';
import { Button, IconButton } from '../ui/Button';
import type { Source, StreamFormat } from './engine';
import { FailurePanel } from './FailurePanel';
import { KeyboardHelp } from './KeyboardHelp';
import { type Marker, markerAt } from './markers';
import { LOADING, playbackAfter } from './playback';
import './player.css';
import { useEngine } from './useEngine';

const RESUMED_NOTE_MILLISECONDS = 8000;

interface PlayerProps {
  title: string;
  subtitle: string | null;
  posterURL: string | null;
  format: StreamFormat;
  startSeconds: number;
  fetchSource: () => Promise<Source>;
  /** Told every ten seconds of playing, at each pause and seek, and on leaving. */
  onProgress: (seconds: number) => void;
  onLeave: () => void;
  onSignIn: () => void;
  onNext: (() => void) | null;
  markers: readonly Marker[];
  /** What stands over the credits and the last picture; null where nothing comes after. */
  upNext: ((offer: NextOffer) => ReactNode) | null;
}

/** How the next episode is offered: over credits that roll on if nobody wants it, or at the end. */
export interface NextOffer {
  overCredits: boolean;
  /** While somebody has paused, nothing is counted down. */
  isHeld: () => boolean;
  onRefuse: () => void;
}

export function Player(props: PlayerProps) {
  const words = useMessages();
  const host = useRef<HTMLDivElement>(null);
  const [playback, report] = useReducer(playbackAfter, LOADING);
  const [helpShown, setHelpShown] = useState(false);
  const [resumed, setResumed] = useState(props.startSeconds > 0);
  const [marker, setMarker] = useState<Marker | null>(null);
  const [creditsWanted, setCreditsWanted] = useState(false);
  const skipped = marker && marker.kind !== 'credits' ? marker : null;
  const skip = () => skipped && engine()?.seek(skipped.endSeconds);
  const { engine, tryAgain } = useEngine(
    host,
    {
      ...props,
      onPosition: (seconds) => setMarker(markerAt(props.markers, seconds)),
      onSkip: () => skip(),
      onHelp: () => setHelpShown(true),
    },
    report,
  );
  useEffect(() => {
    const timer = setTimeout(() => setResumed(false), RESUMED_NOTE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  const startOver = () => {
    engine()?.seek(0);
    setResumed(false);
  };
  const ended = playback.status === 'ended';
  const overCredits = playback.status === 'playing' && marker?.kind === 'credits' && !creditsWanted;
  return (
    <div className="player" role="region" aria-label={words.player(props.title)}>
      <div ref={host} className="player-host" />
      <div className="player-top">
        <IconButton icon="back" label={words.back} onClick={props.onLeave} />
        <p className="player-title">
          {props.title} {props.subtitle && <span>{props.subtitle}</span>}
        </p>
        {props.onNext && <IconButton icon="next" label={words.keys.next} onClick={props.onNext} />}
        <span className="player-keyboard">
          <IconButton icon="keyboard" label={words.keyboardHelp} onClick={() => setHelpShown(true)} />
        </span>
      </div>
      <div className="player-notes" role="status">
        {playback.status === 'reconnecting' && <p className="player-note">{words.connectionLost}</p>}
        {resumed && playback.status === 'playing' && (
          <p className="player-note">
            {words.resumedAt(clock(props.startSeconds))}
            <Button icon="restart" onClick={startOver}>
              {words.startOver}
            </Button>
          </p>
        )}
      </div>
      {playback.status === 'blocked' && (
        <div className="player-panel">
          <p>{words.pressPlay}</p>
          <Button weight="main" icon="play" onClick={() => engine()?.play()}>
            {words.play}
          </Button>
        </div>
      )}
      {playback.status === 'failed' && (
        <FailurePanel
          failure={playback.failure}
          onTryAgain={tryAgain}
          onLeave={props.onLeave}
          onSignIn={props.onSignIn}
        />
      )}
      {skipped && playback.status === 'playing' && (
        <div className="player-skip">
          <Button icon="next" onClick={skip}>
            {words.skip[skipped.kind as 'intro' | 'recap']}
          </Button>
        </div>
      )}
      {(ended || overCredits) &&
        props.upNext?.({
          overCredits,
          isHeld: () => !ended && engine()?.isPaused() === true,
          onRefuse: ended ? props.onLeave : () => setCreditsWanted(true),
        })}
      {helpShown && <KeyboardHelp onClose={() => setHelpShown(false)} />}
    </div>
  );
}

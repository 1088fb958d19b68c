/** The player inside a page: the engine in its frame, and trouble in words. What steers it stands around it. */
import { useReducer, useRef } from 'react';
import { useMessages } from '../language/language';
import { Button } from '../ui/Button';
import type { Failure, Source, StreamFormat } from './engine';
import { LOADING, playbackAfter } from './playback';
import './player.css';
import type { ShakaEngine } from './shakaEngine';
import { useEngine } from './useEngine';

interface MonitorProps {
  title: string;
  posterURL: string | null;
  format: StreamFormat;
  fetchSource: () => Promise<Source>;
  /** The engine, for whoever steers it; null when it is let go. */
  onEngine: (engine: ShakaEngine | null) => void;
  /** What is known of why, beyond what the engine says. */
  explain?: (failure: Failure) => string | null;
}

const nothing = () => undefined;

export function Monitor(props: MonitorProps) {
  const words = useMessages();
  const host = useRef<HTMLDivElement>(null);
  const [playback, report] = useReducer(playbackAfter, LOADING);
  const { engine, tryAgain } = useEngine(
    host,
    {
      ...props,
      embedded: true,
      startSeconds: 0,
      onProgress: nothing,
      onLeave: nothing,
      onHelp: nothing,
      onNext: null,
    },
    report,
  );
  return (
    <div className="player player-embedded" role="region" aria-label={words.player(props.title)}>
      <div ref={host} className="player-host" />
      <div className="player-notes" role="status">
        {playback.status === 'reconnecting' && <p className="player-note">{words.connectionLost}</p>}
      </div>
      {playback.status === 'blocked' && (
        <div className="player-panel">
          <Button weight="main" icon="play" onClick={() => engine()?.play()}>
            {words.play}
          </Button>
        </div>
      )}
      {playback.status === 'failed' && (
        <div className="player-panel" role="alert">
          <p className="player-failure">{words.playFailed[playback.failure.reason]}</p>
          {props.explain?.(playback.failure) && <p>{props.explain(playback.failure)}</p>}
          {playback.failure.code && <p className="player-code">{words.errorCode(playback.failure.code)}</p>}
          <Button weight="main" icon="restart" onClick={tryAgain}>
            {words.tryAgain}
          </Button>
        </div>
      )}
    </div>
  );
}

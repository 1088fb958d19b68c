/** An engine for as long as the component stands: loads it, passes on what it says, saves where one was. */
import { type ActionDispatch, type RefObject, useEffect, useRef, useState } from 'react';
import { useMessages } from '../language/language';
import { preferences } from '../preferences/preferences';
import type { EngineEvents, Source, StreamFormat } from './engine';
import { listenForKeys } from './keys';
import type { Report } from './playback';
import { ShakaEngine } from './shakaEngine';

const SAVE_EVERY_SECONDS = 10;

interface EngineUse {
  title: string;
  posterURL: string | null;
  format: StreamFormat;
  startSeconds: number;
  fetchSource: () => Promise<Source>;
  onProgress: (seconds: number) => void;
  onLeave: () => void;
  onNext: (() => void) | null;
  onPosition?: (seconds: number) => void;
  onSkip?: () => void;
  onHelp: () => void;
  /** Stands in a page that has keys of its own. */
  embedded?: boolean;
  /** Told of each engine as it is made, and of null when it is let go. */
  onEngine?: (engine: ShakaEngine | null) => void;
}

/** Saves each ten seconds of playing, and whenever `now` is asked for; never before anything was played. */
function progressKeeper(save: (seconds: number) => void) {
  let last = -1;
  const now = (seconds: number) => {
    if (seconds <= 0 || seconds === last) return;
    last = seconds;
    save(seconds);
  };
  const tick = (seconds: number) => {
    if (Math.abs(seconds - last) >= SAVE_EVERY_SECONDS) now(seconds);
  };
  return { now, tick };
}

export function useEngine(
  host: RefObject<HTMLDivElement | null>,
  use: EngineUse,
  report: ActionDispatch<[Report]>,
): { engine: () => ShakaEngine | null; tryAgain: () => void } {
  const words = useMessages();
  const current = useRef<ShakaEngine | null>(null);
  // Callbacks change with each render; the engine must not be made anew for that.
  const latest = useRef(use);
  useEffect(() => {
    latest.current = use;
  });
  const place = useRef(use.startSeconds);
  const [attempt, setAttempt] = useState(0);
  const { title, posterURL, format, embedded = false } = use;

  useEffect(() => {
    if (!host.current) return;
    const progress = progressKeeper((seconds) => latest.current.onProgress(seconds));
    const saveNow = () => progress.now(place.current);
    const events: EngineEvents = {
      onPlaying: () => report({ type: 'playing' }),
      onPosition: (seconds) => {
        // A failing engine may fall back to the beginning; that is nowhere to go on from.
        if (seconds > 0) place.current = seconds;
        progress.tick(place.current);
        latest.current.onPosition?.(seconds);
      },
      onRest: saveNow,
      onReconnecting: () => report({ type: 'reconnecting' }),
      onFailure: (failure) => report({ type: 'failed', failure }),
      onEnded: () => report({ type: 'ended' }),
      onBlocked: () => report({ type: 'blocked' }),
    };
    report({ type: 'load' });
    const fetchSource = () => latest.current.fetchSource();
    const engine = new ShakaEngine(
      { host: host.current, title, posterURL, format, fetchSource, seekValue: words.seekValue, embedded },
      events,
    );
    current.current = engine;
    latest.current.onEngine?.(engine);
    const actions = {
      onNext: () => latest.current.onNext?.(),
      onSkip: () => latest.current.onSkip?.(),
      onHelp: () => latest.current.onHelp(),
      onLeave: () => latest.current.onLeave(),
    };
    const hasKeys = preferences().singleKeys && !embedded;
    const stopKeys = hasKeys
      ? listenForKeys(engine.video, actions, () => engine.showControls())
      : () => undefined;
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden') saveNow();
    };
    document.addEventListener('visibilitychange', saveWhenHidden);
    addEventListener('pagehide', saveNow);
    void engine.load(place.current);
    return () => {
      saveNow();
      stopKeys();
      document.removeEventListener('visibilitychange', saveWhenHidden);
      removeEventListener('pagehide', saveNow);
      current.current = null;
      latest.current.onEngine?.(null);
      void engine.destroy();
    };
  }, [host, report, title, posterURL, format, embedded, words, attempt]);

  return { engine: () => current.current, tryAgain: () => setAttempt((count) => count + 1) };
}

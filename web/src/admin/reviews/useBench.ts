/** What steers the film on the bench: buttons, keys, pictures and findings all go through here. */
import { useState } from 'react';
import type { ShakaEngine } from '../../player/shakaEngine';
import { setSpeed, stepFrames, stepSeconds } from '../../player/stepping';
import { useVideo, type VideoState } from '../../player/useVideo';
import { useKeys } from '../kit/useKeys';
import { findingBeside, type FoundBy } from './findings';

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];
const STEP_SECONDS = 10;

export interface Bench {
  setEngine: (engine: ShakaEngine | null) => void;
  state: VideoState;
  turn: () => void;
  step: (frames: number) => void;
  skip: (seconds: number) => void;
  jump: (seconds: number) => void;
  toFinding: (direction: 1 | -1) => void;
  changeSpeed: (direction: 1 | -1) => void;
  setSpeed: (rate: number) => void;
}

export function useBench(findings: FoundBy[], onNext: () => void): Bench {
  const [engine, setEngine] = useState<ShakaEngine | null>(null);
  const state = useVideo(engine?.video ?? null);
  const onEngine = (act: (engine: ShakaEngine) => void) => {
    if (engine) act(engine);
  };
  const jump = (seconds: number) => onEngine((shown) => shown.seek(seconds));
  const bench: Bench = {
    setEngine,
    state,
    jump,
    turn: () => onEngine((shown) => (shown.isPaused() ? shown.play() : shown.video.pause())),
    step: (frames) => onEngine((shown) => stepFrames(shown, frames)),
    skip: (seconds) => onEngine((shown) => stepSeconds(shown.video, seconds)),
    // Asked of the film itself: what is drawn is a moment behind, and keys can be faster than that.
    toFinding: (direction) =>
      onEngine((shown) => {
        const seconds = findingBeside(findings, shown.video.currentTime, direction);
        if (seconds !== null) shown.seek(seconds);
      }),
    changeSpeed: (direction) =>
      onEngine((shown) => setSpeed(shown.video, speedBeside(shown.video.playbackRate, direction))),
    setSpeed: (rate) => onEngine((shown) => setSpeed(shown.video, rate)),
  };
  useKeys({
    k: bench.turn,
    j: () => bench.skip(-STEP_SECONDS),
    l: () => bench.skip(STEP_SECONDS),
    ',': () => bench.step(-1),
    '.': () => bench.step(1),
    '<': () => bench.changeSpeed(-1),
    '>': () => bench.changeSpeed(1),
    '[': () => bench.toFinding(-1),
    ']': () => bench.toFinding(1),
    n: onNext,
  });
  return bench;
}

function speedBeside(rate: number, direction: 1 | -1): number {
  const place = SPEEDS.indexOf(rate) + direction;
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, place))] ?? 1;
}

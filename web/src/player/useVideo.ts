/** How a video stands, as React can follow it: where it is, how long, whether it runs and how fast. */
import { useCallback, useSyncExternalStore } from 'react';

export interface VideoState {
  seconds: number;
  durationSeconds: number;
  paused: boolean;
  rate: number;
}

const EVENTS = ['timeupdate', 'seeking', 'durationchange', 'play', 'pause', 'ratechange', 'emptied'];
const STANDING: VideoState = { seconds: 0, durationSeconds: 0, paused: true, rate: 1 };
const last = new WeakMap<HTMLVideoElement, VideoState>();

function stateOf(video: HTMLVideoElement): VideoState {
  const now: VideoState = {
    seconds: video.currentTime,
    durationSeconds: Number.isFinite(video.duration) ? video.duration : 0,
    paused: video.paused,
    rate: video.playbackRate,
  };
  const before = last.get(video);
  // The same object while nothing has changed, or React would draw for ever.
  if (before && Object.entries(now).every(([name, value]) => before[name as keyof VideoState] === value))
    return before;
  last.set(video, now);
  return now;
}

export function useVideo(video: HTMLVideoElement | null): VideoState {
  const subscribe = useCallback(
    (listener: () => void) => {
      EVENTS.forEach((name) => video?.addEventListener(name, listener));
      return () => EVENTS.forEach((name) => video?.removeEventListener(name, listener));
    },
    [video],
  );
  return useSyncExternalStore(subscribe, () => (video ? stateOf(video) : STANDING));
}

/** The time of day as React can follow it: one clock for everything that ticks at the same pace. */
import { useSyncExternalStore } from 'react';

interface Clock {
  now: number;
  subscribe: (listener: () => void) => () => void;
}

const clocks = new Map<number, Clock>();

function clockOf(everyMilliseconds: number): Clock {
  const known = clocks.get(everyMilliseconds);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const clock: Clock = {
    now: Date.now(),
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        clock.now = Date.now();
        listeners.forEach((each) => each());
      }, everyMilliseconds);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
  clocks.set(everyMilliseconds, clock);
  return clock;
}

export function useNow(everyMilliseconds: number): number {
  const clock = clockOf(everyMilliseconds);
  return useSyncExternalStore(clock.subscribe, () => clock.now);
}

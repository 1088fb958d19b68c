/** What part of a film a second belongs to: its markers say where the intro, the recap and the credits are. */

export interface Marker {
  kind: 'intro' | 'recap' | 'credits';
  startSeconds: number;
  endSeconds: number;
}

/** Skipping less than this is over before the button has been found. */
const WORTH_SKIPPING_SECONDS = 1;

export function markerAt(markers: readonly Marker[], seconds: number): Marker | null {
  const here = markers.find(
    ({ startSeconds, endSeconds }) => startSeconds <= seconds && seconds < endSeconds,
  );
  if (!here) return null;
  return here.kind === 'credits' || here.endSeconds - seconds > WORTH_SKIPPING_SECONDS ? here : null;
}

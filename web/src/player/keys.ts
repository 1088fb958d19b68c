/** The keys that the engine's own controls leave free; Space, K, F, M, C, P, digits, Home, End, < > , . are theirs. */

const STEP_SECONDS = 10;
const STEP_VOLUME = 0.05;

export interface KeyActions {
  onNext: () => void;
  onSkip: () => void;
  onHelp: () => void;
  onLeave: () => void;
}

/** Typing, and a menu or dialog that is open, come before the player. */
export function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target?.closest('input:not([type=range]), textarea, select, dialog, [role=menu]')) return true;
  return event.key.startsWith('Arrow') && target?.matches('input[type=range]') === true;
}

function changeVolume(video: HTMLVideoElement, by: number): void {
  video.muted = false;
  video.volume = Math.min(1, Math.max(0, video.volume + by));
}

function actionFor(key: string, video: HTMLVideoElement, actions: KeyActions): (() => void) | undefined {
  const keys: Record<string, () => void> = {
    j: () => (video.currentTime -= STEP_SECONDS),
    l: () => (video.currentTime += STEP_SECONDS),
    arrowup: () => changeVolume(video, STEP_VOLUME),
    arrowdown: () => changeVolume(video, -STEP_VOLUME),
    n: actions.onNext,
    s: actions.onSkip,
    '?': actions.onHelp,
    escape: actions.onLeave,
  };
  return keys[key.toLowerCase()];
}

/** Listens until the returned function is called. `onKey` brings the controls up. */
export function listenForKeys(video: HTMLVideoElement, actions: KeyActions, onKey: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // The browser leaves full screen by itself on Escape; the player is left by the next one.
    if (isElsewhere(event) || (event.key === 'Escape' && document.fullscreenElement)) return;
    const action = actionFor(event.key, video, actions);
    if (!action) return;
    event.preventDefault();
    action();
    onKey();
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}

/** What the player needs of an engine, whichever it is: load, say how it goes, let go. */

/** Where a show plays from, until `expiresAt` (RFC 3339). */
export interface Source {
  hlsURL: string | null;
  dashURL: string | null;
  /** WebVTT with a sprite's pictures by time, for the seek bar. */
  storyboardURL: string | null;
  /** Those of the show; of the stream's own, the languages that are not among them are offered as well. */
  captions: SourceCaptions[];
  /** A delivery network that lets in by cookies, which came with this answer; they are sent there and nowhere else. */
  cookieOrigin: string | null;
  expiresAt: string;
}

export interface SourceCaptions {
  language: string;
  label: string;
  url: string;
  /** Shown at once, whatever the viewer prefers. */
  isChosen?: boolean;
}

export type StreamFormat = 'hls' | 'dash';

/** Why it can't go on, as far as somebody can do something about it. */
export type FailureReason =
  'gone' | 'nothingToPlay' | 'signedOut' | 'network' | 'unsupported' | 'broken' | 'unknown';

export interface Failure {
  reason: FailureReason;
  /** For whoever is asked for help: the engine's number, or the API's status. */
  code: string;
}

export interface EngineEvents {
  onPlaying: () => void;
  /** At each step of the clock, several times a second. */
  onPosition: (seconds: number, durationSeconds: number) => void;
  /** Somebody paused or finished a seek: a place worth keeping. */
  onRest: () => void;
  /** The line is gone; the engine keeps trying. */
  onReconnecting: () => void;
  onFailure: (failure: Failure) => void;
  onEnded: () => void;
  /** The browser wants a click before it plays sound. */
  onBlocked: () => void;
}

export interface Engine {
  /** Begins at `startSeconds`. Failures go to `onFailure`, never through the promise. */
  load: (startSeconds: number) => Promise<void>;
  seek: (seconds: number) => void;
  play: () => void;
  isPaused: () => boolean;
  destroy: () => Promise<void>;
}

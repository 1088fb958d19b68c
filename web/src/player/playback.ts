/** How playing goes, as one status; a pure function of what the engine reports. */
import type { Failure } from './engine';

export type Playback =
  | { status: 'loading' }
  | { status: 'playing' }
  | { status: 'blocked' }
  | { status: 'reconnecting' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ended' };

export type Report =
  | { type: 'load' }
  | { type: 'playing' }
  | { type: 'blocked' }
  | { type: 'reconnecting' }
  | { type: 'ended' }
  | { type: 'failed'; failure: Failure };

export const LOADING: Playback = { status: 'loading' };

export function playbackAfter(playback: Playback, report: Report): Playback {
  // A failure stands until somebody tries again; what the dying engine still says is no news.
  if (playback.status === 'failed' && report.type !== 'load') return playback;
  switch (report.type) {
    case 'load':
      return LOADING;
    case 'failed':
      return { status: 'failed', failure: report.failure };
    case 'reconnecting':
      return playback.status === 'ended' ? playback : { status: 'reconnecting' };
    case 'blocked':
    case 'playing':
    case 'ended':
      return playback.status === report.type ? playback : { status: report.type };
  }
}

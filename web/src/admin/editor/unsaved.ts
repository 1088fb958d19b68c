/** What somebody had typed about a show when their session ended: it is there again once they have signed in. */
import type { Draft } from './draft';

export interface Unsaved {
  base: Draft;
  draft: Draft;
}

/** By person and show: whoever signs in next may be somebody else. In memory only, as what is typed is. */
const kept = new Map<string, Unsaved>();

function keyOf(personId: string, showId: string): string {
  return `${personId} ${showId}`;
}

export function keepUnsaved(personId: string, showId: string, unsaved: Unsaved): void {
  kept.set(keyOf(personId, showId), unsaved);
}

export function unsavedOf(personId: string, showId: string): Unsaved | undefined {
  return kept.get(keyOf(personId, showId));
}

export function forgetUnsaved(personId: string, showId: string): void {
  kept.delete(keyOf(personId, showId));
}

/** What somebody had typed when their session ended, or had put aside: it is there again when they come back to it. */

/** By person and place: whoever signs in next may be somebody else. In memory only, as what is typed is. */
const kept = new Map<string, unknown>();

function keyOf(personId: string, place: string): string {
  return `${personId} ${place}`;
}

/** `place` is a name of one form about one thing, as "show 7"; what is typed there is always of one type. */
export function keepUnsaved(personId: string, place: string, typed: unknown): void {
  kept.set(keyOf(personId, place), typed);
}

export function unsavedOf(personId: string, place: string): unknown {
  return kept.get(keyOf(personId, place));
}

export function forgetUnsaved(personId: string, place: string): void {
  kept.delete(keyOf(personId, place));
}

/** Where in a stream something is: the API says it in English, and faults of one kind lie in several places. */
import type { StreamFault } from '../../api/types';

export interface PlaceWords {
  places: Record<'stream' | 'master' | 'manifest' | 'rendition' | 'audio' | 'captions' | 'segment', string>;
}

/** "rendition 2 (640x360)" in the words of the page; what is not known is left as it came. */
export function sayPlace(place: string, { places }: PlaceWords): string {
  return place
    .replace(/^master playlist$/, places.master)
    .replace(/^(stream|manifest|rendition|audio|captions)(?= |,|$)/, (word) => places[word as 'stream'])
    .replace(/\((\d+)x(\d+)\)/, '($1 × $2)');
}

export interface FaultGroup {
  fault: StreamFault;
  places: string[];
}

/** Several places: the segments of one track stand together after its name. */
export function sayPlaces(places: string[], words: PlaceWords): string {
  const segments = new Map<string, string[]>();
  for (const place of places) {
    const [, track = place, number] = /^(.*), segment (\d+)$/.exec(place) ?? [];
    segments.set(track, [...(segments.get(track) ?? []), ...(number ? [number] : [])]);
  }
  const said = Array.from(segments, ([track, numbers]) =>
    numbers.length > 0
      ? `${sayPlace(track, words)}, ${words.places.segment} ${numbers.join(', ')}`
      : sayPlace(track, words),
  );
  return said.join('; ');
}

/** Faults that say the same of several places, together; in the order in which the first of each came. */
export function grouped(faults: StreamFault[]): FaultGroup[] {
  const groups = new Map<string, FaultGroup>();
  for (const fault of faults) {
    const key = `${fault.code} ${fault.detail}`;
    const group = groups.get(key);
    if (group) group.places.push(fault.place);
    else groups.set(key, { fault, places: [fault.place] });
  }
  return [...groups.values()];
}

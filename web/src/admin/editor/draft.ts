/** What somebody has changed of a show and not saved, and how it comes together with what others changed meanwhile. */
import type { Marker, Show } from '../../api/types';
import { type ShowText, textOf, toldBy } from '../shows/showText';

export interface Draft extends ShowText {
  hlsSrcVideoURL: string;
  dashSrcVideoURL: string;
  markers: Marker[];
}

export type Field = keyof Draft;

/** Of a show that there is not yet. */
export const EMPTY_DRAFT: Draft = { ...textOf({}), hlsSrcVideoURL: '', dashSrcVideoURL: '', markers: [] };

export function draftOf(show: Show): Draft {
  return {
    ...textOf(show),
    hlsSrcVideoURL: show.hlsSrcVideoURL ?? '',
    dashSrcVideoURL: show.dashSrcVideoURL ?? '',
    markers: show.markers,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function changedFields(base: Draft, now: Draft): Field[] {
  return (Object.keys(base) as Field[]).filter((field) => !isSame(base[field], now[field]));
}

const IN_SERIES: Field[] = ['seriesTitle', 'season', 'episode'];

/** The changes as the API takes them: a merge patch of what differs, and of nothing else. */
export function patchOf(base: Draft, now: Draft): Record<string, unknown> {
  const told: Record<string, unknown> = {
    ...toldBy(now),
    // An empty title is sent, to be refused in words beside its field.
    title: now.title.trim(),
    hlsSrcVideoURL: now.hlsSrcVideoURL.trim() || null,
    dashSrcVideoURL: now.dashSrcVideoURL.trim() || null,
    markers: now.markers,
  };
  const names = changedFields(base, now).map((field) => (IN_SERIES.includes(field) ? 'series' : field));
  return Object.fromEntries([...new Set(names)].map((name) => [name, told[name]]));
}

/** One's own changes on top of what the show says by now; in `clashes` are the fields that both changed, differently. */
export function rebase(base: Draft, mine: Draft, theirs: Draft): { draft: Draft; clashes: Field[] } {
  const ownFields = changedFields(base, mine);
  const clashes = ownFields.filter(
    (field) => !isSame(base[field], theirs[field]) && !isSame(mine[field], theirs[field]),
  );
  return { draft: withFields(theirs, mine, ownFields), clashes };
}

/** `onto` with these fields of `from`. */
export function withFields(onto: Draft, from: Draft, fields: Field[]): Draft {
  return { ...onto, ...Object.fromEntries(fields.map((field) => [field, from[field]])) };
}

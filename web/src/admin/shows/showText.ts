/** What people say of a show, in the form that a form holds: nothing is null, times stay as the API writes them. */
import { ProblemError } from '../../api/problem';
import type { FilmDetails, Show } from '../../api/types';
import { faultWords } from '../../forms/problemWords';
import type { Messages } from '../../language/messages/en';

export interface ShowText {
  title: string;
  synopsis: string;
  genres: string[];
  tags: string[];
  cast: string[];
  directors: string[];
  language: string;
  releaseYear: number | '';
  maturityRating: string;
  seriesTitle: string;
  season: number | '';
  episode: number | '';
  /** RFC 3339, or empty for no limit. */
  availableFrom: string;
  availableUntil: string;
}

export type TextFaults = Partial<Record<keyof ShowText, string>>;

export function textOf(told: FilmDetails | Show): ShowText {
  return {
    title: told.title ?? '',
    synopsis: told.synopsis ?? '',
    genres: told.genres ?? [],
    tags: told.tags ?? [],
    cast: told.cast ?? [],
    directors: told.directors ?? [],
    language: told.language ?? '',
    releaseYear: told.releaseYear ?? '',
    maturityRating: told.maturityRating ?? '',
    seriesTitle: told.series?.title ?? '',
    season: told.series?.season ?? '',
    episode: told.series?.episode ?? '',
    availableFrom: told.availableFrom ?? '',
    availableUntil: told.availableUntil ?? '',
  };
}

/** The other way: what is empty is told as nothing. A title that is empty is left out, for a show must have one. */
export function toldBy(text: ShowText): FilmDetails {
  const { title, seriesTitle, season, episode } = text;
  return {
    ...(title.trim() && { title: title.trim() }),
    synopsis: text.synopsis.trim() || null,
    genres: text.genres,
    tags: text.tags,
    cast: text.cast,
    directors: text.directors,
    language: text.language.trim() || null,
    releaseYear: text.releaseYear === '' ? null : text.releaseYear,
    maturityRating: text.maturityRating.trim() || null,
    series: seriesTitle.trim()
      ? {
          title: seriesTitle.trim(),
          season: season === '' ? null : season,
          episode: episode === '' ? null : episode,
        }
      : null,
    availableFrom: text.availableFrom || null,
    availableUntil: text.availableUntil || null,
  };
}

/** The fields that the API refused, in words; the first fault of a field counts. */
export function textFaults(error: unknown, words: Messages): TextFaults {
  if (!(error instanceof ProblemError)) return {};
  const faults: TextFaults = {};
  for (const fault of error.faults) faults[fieldAt(fault.pointer)] ??= faultWords(fault, words);
  return faults;
}

const IN_SERIES: Record<string, keyof ShowText> = {
  title: 'seriesTitle',
  season: 'season',
  episode: 'episode',
};

function fieldAt(pointer: string): keyof ShowText {
  const [, first = '', second = ''] = pointer.split('/');
  return first === 'series' ? (IN_SERIES[second] ?? 'seriesTitle') : (first as keyof ShowText);
}

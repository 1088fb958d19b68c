/** Times, lengths and languages as people write them, in the language that is spoken. */
import { currentLanguage } from './language';

const MINUTE = 60;
const HOUR = 3600;

/** "1 hr 42 min"; under a minute in seconds. */
export function length(seconds: number): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(
      value,
    );
  if (seconds < MINUTE) return unit(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / MINUTE);
  const hours = Math.floor(minutes / MINUTE);
  if (hours === 0) return unit(minutes, 'minute');
  const rest = minutes % MINUTE;
  return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`;
}

/** "1:02:30", or "2:30" under an hour. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const tail = two(whole % MINUTE);
  return whole < HOUR ? `${minutes}:${tail}` : `${Math.floor(whole / HOUR)}:${two(minutes)}:${tail}`;
}

export function date(instant: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium' }).format(new Date(instant));
}

export function dateAndTime(instant: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(currentLanguage(), style).format(new Date(instant));
}

/** "Swedish" for `sv`; the code itself where it is no language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What a language calls itself, as menus of tracks have it: "Svenska" for `sv`. */
export function ownLanguageName(code: string): string {
  try {
    const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch {
    return code;
  }
}

export function list(words: string[]): string {
  return new Intl.ListFormat(currentLanguage(), { type: 'unit' }).format(words);
}

/** Facts side by side: "2008 · 55 min". What is missing is left out. */
export function facts(...given: (string | number | null | undefined | false)[]): string {
  return given.filter(Boolean).join(' · ');
}

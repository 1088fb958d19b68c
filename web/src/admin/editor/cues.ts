/** The cues of a WebVTT or SubRip file, read as leniently as the service reads them, and WebVTT of what was read. */

export interface Cue {
  startSeconds: number;
  endSeconds: number;
  /** What is read, its markup taken off. */
  text: string;
  /** The same as WebVTT writes it: italics, bold and underline stay. */
  marked: string;
  /** Where on the picture, as WebVTT says it; mostly empty. */
  settings: string;
}

const CLOCK = '(?:(\\d{1,3}):)?(\\d{1,2}):(\\d{1,2})[.,](\\d{1,3})';
const TIMES = new RegExp(`^\\s*${CLOCK}\\s*-->\\s*${CLOCK}(.*)$`);
const NUMBER = /^\s*\d{1,9}\s*$/;
const SETTING = /^(align:(start|center|end|left|right)|line:-?\d{1,3}%?|(position|size):\d{1,3}%)$/;
const KEPT_MARKUP = /(<\/?[ibu]>)/i;
const MARKUP = /<\/?[A-Za-z!/?][^<>]{0,500}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}/g;
const AT_THE_TOP = /\{\\an[789]\}/;
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** In the order of their times; empty where no line says when to show something. */
export function cuesOf(file: string): Cue[] {
  const lines = file.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const starts = lines.flatMap((line, at) => (TIMES.test(line) ? [at] : []));
  return starts
    .flatMap((at, place) => cueOf(lines[at] ?? '', block(lines.slice(at + 1, starts[place + 1]))) ?? [])
    .sort((one, other) => one.startSeconds - other.startSeconds);
}

export function asWebVTT(cues: Cue[]): string {
  const written = cues.map(({ startSeconds, endSeconds, settings, marked }) => {
    const times = `${exactClock(startSeconds)} --> ${exactClock(endSeconds)}`;
    return `${`${times} ${settings}`.trimEnd()}\n${marked}\n`;
  });
  return ['WEBVTT', '', ...written].join('\n');
}

/** The lines up to the first empty one; without one, the number of the next cue is not part of the text. */
function block(lines: string[]): string[] {
  const end = lines.findIndex((line) => line.trim() === '');
  if (end >= 0) return lines.slice(0, end);
  return NUMBER.test(lines.at(-1) ?? '') ? lines.slice(0, -1) : lines;
}

function cueOf(times: string, lines: string[]): Cue | null {
  const found = TIMES.exec(times) ?? [];
  const startSeconds = secondsOf(found.slice(1, 5));
  const endSeconds = secondsOf(found.slice(5, 9));
  const written = lines.map((line) => line.trim()).join('\n');
  const { text, marked } = readMarkup(written);
  if (!text || startSeconds >= endSeconds) return null;
  const settings = (found[9] ?? '').split(/\s+/).filter((word) => SETTING.test(word));
  if (settings.length === 0 && AT_THE_TOP.test(written)) settings.push('line:0');
  return { startSeconds, endSeconds, text, marked, settings: settings.join(' ') };
}

/** Italics, bold and underline stay where they are closed again; all else is text. */
function readMarkup(written: string): { text: string; marked: string } {
  const opened: string[] = [];
  let [text, marked] = ['', ''];
  for (const part of written.split(KEPT_MARKUP)) {
    const name = part.replace(/[</>]/g, '').toLowerCase();
    if (!KEPT_MARKUP.test(part)) {
      const plain = withSigns(part.replace(MARKUP, ''));
      text += plain;
      marked += escaped(plain);
    } else if (!part.startsWith('</')) {
      opened.push(name);
      marked += `<${name}>`;
    } else if (opened.at(-1) === name) {
      opened.pop();
      marked += `</${name}>`;
    }
  }
  const closing = opened.reverse().map((name) => `</${name}>`);
  return { text: text.trim(), marked: [marked, ...closing].join('').trim() };
}

function secondsOf([hours, minutes, seconds, fraction]: (string | undefined)[]): number {
  const whole = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole + Number((fraction ?? '0').padEnd(3, '0')) / 1000;
}

function exactClock(seconds: number): string {
  const whole = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const tail = String(whole % 1000).padStart(3, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${tail}`;
}

function withSigns(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp);/g, (whole, name: string) => SIGNS[name] ?? whole);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

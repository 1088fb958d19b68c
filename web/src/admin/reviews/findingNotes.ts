/** What our own programs measured, as sentences; other programs' notes are said as they are. */
import type { Finding } from '../../api/types';
import { defineWords } from '../words';

type Measured = NonNullable<Finding['measured']>;
type Sentences = Record<string, (measured: Measured) => string>;

const seconds = (value: unknown, language: string, digits = 1) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'long',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Math.abs(Number(value)));
const number = (value: number, language: string) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
const isBehind = ({ behindSeconds }: Measured) => Number(behindSeconds) > 0;
const units = ({ lufs, target }: Measured) => Number(lufs) - Number(target);

const notes = defineWords<Sentences>({
  en: {
    black: (of) => `The picture is black for ${seconds(of.seconds, 'en')}.`,
    frozen: (of) => `The picture does not move for ${seconds(of.seconds, 'en')}.`,
    silent: (of) => `The sound (${of.track}) is silent for ${seconds(of.seconds, 'en')}.`,
    no_sound: (of) =>
      of.of === 'show' ? 'The film as it was sent has sound, the show has none.' : 'The film has no sound.',
    loudness: (of) =>
      `The sound (${of.track}) is at ${number(Number(of.lufs), 'en')} LUFS, ${number(Math.abs(units(of)), 'en')} units ${units(of) > 0 ? 'above' : 'below'} the ${of.target} of EBU R 128.`,
    sound_offset: (of) =>
      `${of.of === 'film' ? 'In the film as it was sent the sound' : `The sound (${of.track})`} begins ${seconds(of.behindSeconds, 'en', 2)} ${isBehind(of) ? 'after' : 'before'} the picture.`,
    duration: (of) =>
      `The show lasts ${seconds(of.showSeconds, 'en')}, the film as it was sent ${seconds(of.filmSeconds, 'en')}.`,
    broken_segment: (of) =>
      `${of.track}: ${of.first === of.last ? `segment ${of.first}` : `segments ${of.first} to ${of.last}`} cannot be decoded whole.`,
  },
  de: {
    black: (of) => `Das Bild ist ${seconds(of.seconds, 'de')} lang schwarz.`,
    frozen: (of) => `Das Bild steht ${seconds(of.seconds, 'de')} lang still.`,
    silent: (of) => `Der Ton (${of.track}) ist ${seconds(of.seconds, 'de')} lang stumm.`,
    no_sound: (of) =>
      of.of === 'show'
        ? 'Der Film hatte Ton, als er gesendet wurde; jetzt hat er keinen.'
        : 'Der Film hat keinen Ton.',
    loudness: (of) =>
      `Der Ton (${of.track}) liegt bei ${number(Number(of.lufs), 'de')} LUFS, ${number(Math.abs(units(of)), 'de')} Einheiten ${units(of) > 0 ? 'über' : 'unter'} den ${of.target} von EBU R 128.`,
    sound_offset: (of) =>
      `${of.of === 'film' ? 'Im gesendeten Film beginnt der Ton' : `Der Ton (${of.track}) beginnt`} ${seconds(of.behindSeconds, 'de', 2)} ${isBehind(of) ? 'nach' : 'vor'} dem Bild.`,
    duration: (of) =>
      `Hier dauert er ${seconds(of.showSeconds, 'de')}, im gesendeten Film ${seconds(of.filmSeconds, 'de')}.`,
    broken_segment: (of) =>
      `${of.track}: ${of.first === of.last ? `Segment ${of.first} lässt` : `Die Segmente ${of.first} bis ${of.last} lassen`} sich nicht ganz dekodieren.`,
  },
});

/** A program that measured nothing has only its note. */
export function sayNote({ label, note, measured = {} }: Finding, language: string): string {
  const say = (language === 'de' ? notes.de : notes.en)[label];
  return say && Object.keys(measured).length > 0 ? say(measured) : (note ?? '');
}

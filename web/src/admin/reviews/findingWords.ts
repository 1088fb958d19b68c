/** What our own programs find, in words. */
import { defineWords } from '../words';

export const findingWords = defineWords({
  en: {
    black: 'Black picture',
    frozen: 'Frozen picture',
    silent: 'Silence',
    loudness: 'Loudness',
    no_sound: 'No sound',
    sound_offset: 'Sound and picture apart',
    duration: 'Length',
    broken_segment: 'Broken segment',
  },
  de: {
    black: 'Schwarzes Bild',
    frozen: 'Stehendes Bild',
    silent: 'Stille',
    loudness: 'Lautstärke',
    no_sound: 'Kein Ton',
    sound_offset: 'Ton und Bild versetzt',
    duration: 'Länge',
    broken_segment: 'Beschädigtes Segment',
  },
});

/** Other programs' labels are said as they are. */
export function sayLabel(label: string, words: typeof findingWords.en): string {
  return (words as Record<string, string>)[label] ?? label;
}

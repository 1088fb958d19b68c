import { expect, test } from 'vitest';
import type { Finding } from '../../api/types';
import { sayNote } from './findingNotes';

const finding = (label: string, measured: Finding['measured'], note = 'As it was written.') =>
  ({ label, measured, note }) as Finding;

test('what our own program measured is said in the language that is spoken', () => {
  const quiet = finding('loudness', { track: 'audio-0', lufs: -34, target: -23 });

  expect(sayNote(quiet, 'en')).toBe(
    'The sound (audio-0) is at -34.0 LUFS, 11.0 units below the -23 of EBU R 128.',
  );
  expect(sayNote(quiet, 'de')).toBe(
    'Der Ton (audio-0) liegt bei -34,0 LUFS, 11,0 Einheiten unter den -23 von EBU R 128.',
  );
});

test('how long something lasts is said in words', () => {
  expect(sayNote(finding('black', { seconds: 3 }), 'de')).toBe('Das Bild ist 3,0 Sekunden lang schwarz.');
  expect(sayNote(finding('sound_offset', { of: 'film', behindSeconds: -0.25 }), 'en')).toBe(
    'In the film as it was sent the sound begins 0.25 seconds before the picture.',
  );
});

test('another program is quoted', () => {
  expect(sayNote(finding('Weapons', {}), 'de')).toBe('As it was written.');
  expect(sayNote(finding('black', undefined), 'de')).toBe('As it was written.');
});

import { expect, test } from 'vitest';
import { sayDetails } from './sayDetails';

test.each([
  [{ before: 'viewer', after: 'editor' }, 'de', 'Zuschauer → Redakteur'],
  [{ before: null, after: 'admin' }, 'en', '– → Administrator'],
  [
    { state: { before: 'in_review', after: 'available' }, fields: ['title'] },
    'de',
    'Zustand: In Prüfung → Veröffentlicht · Angaben: title',
  ],
  [{ verdict: 'reject', of: 'agent' }, 'de', 'Urteil: abgelehnt · Gefällt von: einem Programm'],
  [{ invited: true }, 'de', 'Eingeladen: ja'],
  [{ agent: 'editor' }, 'de', 'Programm: editor'],
  [{ tomorrow: 'anything' }, 'de', 'tomorrow: anything'],
])('%j, in %s, is %s', (details, language, said) => {
  expect(sayDetails(details, language)).toBe(said);
});

/** What an entry of the trail says beside who and when: names and values in words, where both are of a known list. */
import type { AuditEntry } from '../../api/types';
import { showWords } from '../shows/words';
import { defineWords, wordsIn } from '../words';

const detailWords = defineWords<Record<'names' | 'values', Record<string, string>>>({
  en: {
    names: {
      state: 'State',
      fields: 'Fields',
      language: 'Language',
      verdict: 'Verdict',
      of: 'Given by',
      agent: 'Program',
      for: 'For',
      channel: 'By',
      events: 'Events',
      invited: 'Invited',
      scopes: 'Rights',
      asked: 'Asked for',
      reason: 'Reason',
      method: 'Method',
      route: 'Address',
      faults: 'Faults',
      part: 'Part',
      host: 'Machine',
      pid: 'Process number',
      version: 'Version',
      error: 'Error',
      keys: 'Secrets',
      settings: 'Settings',
    },
    values: {
      true: 'yes',
      false: 'no',
      viewer: 'Viewer',
      reviewer: 'Reviewer',
      editor: 'Editor',
      admin: 'Administrator',
      approve: 'approved',
      reject: 'rejected',
      refer: 'left to a person',
      agent: 'a program',
      app: 'server',
      worker: 'worker',
      letter: 'letters',
      taken: 'an address that has an account',
      account: 'accounts',
      code: 'codes',
    },
  },
  de: {
    names: {
      state: 'Zustand',
      fields: 'Angaben',
      language: 'Sprache',
      verdict: 'Urteil',
      of: 'Gefällt von',
      agent: 'Programm',
      for: 'Für',
      channel: 'Per',
      events: 'Ereignisse',
      invited: 'Eingeladen',
      scopes: 'Rechte',
      asked: 'Verlangt',
      reason: 'Grund',
      method: 'Methode',
      route: 'Adresse',
      faults: 'Fehler',
      part: 'Teil',
      host: 'Maschine',
      pid: 'Prozessnummer',
      version: 'Version',
      error: 'Fehler',
      keys: 'Geheimnisse',
      settings: 'Einstellungen',
    },
    values: {
      true: 'ja',
      false: 'nein',
      viewer: 'Zuschauer',
      reviewer: 'Prüfer',
      editor: 'Redakteur',
      admin: 'Administrator',
      approve: 'freigegeben',
      reject: 'abgelehnt',
      refer: 'einem Menschen überlassen',
      agent: 'einem Programm',
      'stream test': 'Stream-Test',
      webhook: 'Webhook',
      email: 'E-Mail',
      sms: 'SMS',
      app: 'Server',
      worker: 'Verarbeitung',
      letter: 'Briefe',
      taken: 'eine Adresse, die ein Konto hat',
      account: 'Konten',
      code: 'Codes',
      'the key is another': 'Der Schlüssel ist ein anderer',
    },
  },
});

/** Names whose values are anything at all: what happens to read as one of ours stays as it is. */
const FREE = new Set(['agent', 'host', 'language', 'route', 'method', 'fields', 'settings', 'keys', 'error']);

/** Names and values, lists with commas, what changed with an arrow. */
export function sayDetails(details: AuditEntry['details'], language: string): string {
  const { names, values: others } = wordsIn(detailWords, language);
  const values = { ...wordsIn(showWords, language).states, ...others };
  const { before, after, ...rest } = details;
  const told = Object.entries(rest)
    .filter(([name]) => name !== 'marks') // of a start: what the next one is compared with, nothing to read
    .map(([name, value]) => `${names[name] ?? name}: ${sayValue(value, FREE.has(name) ? {} : values)}`);
  const change = after === undefined ? before : { before, after };
  return [change !== undefined && sayValue(change, values), ...told].filter(Boolean).join(' · ');
}

function sayValue(value: unknown, values: Record<string, string>): string {
  if (Array.isArray(value)) return value.map((each) => sayValue(each, values)).join(', ');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return values[String(value)] ?? String(value);
  if (typeof value !== 'object' || value === null) return '–';
  const { before, after } = value as Record<string, unknown>;
  return after === undefined
    ? JSON.stringify(value)
    : `${sayValue(before, values)} → ${sayValue(after, values)}`;
}

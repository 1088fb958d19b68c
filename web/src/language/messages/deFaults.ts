/** What is wrong with a field, in German. */
import type { Messages } from './en';

export const deFaults: Messages['faults'] = {
  required: 'Das wird gebraucht.',
  too_short: (limit) => `Mindestens ${limit} Zeichen.`,
  too_long: (limit) => `Höchstens ${limit} Zeichen.`,
  too_few: (limit) => `Mindestens ${limit}.`,
  too_many: (limit) => `Höchstens ${limit}.`,
  too_small: (limit) => `Nicht weniger als ${limit}.`,
  too_large: (limit) => `Nicht mehr als ${limit}.`,
  wrong_form: 'Das ist nicht so geschrieben, wie es sein muss.',
  'language wrong_form': 'Gebraucht wird das Kürzel einer Sprache, etwa en, de oder pt-BR.',
  'size too_small': 'Die Datei ist leer.',
  'size too_large': 'Der Film ist größer, als hier angenommen wird.',
  web_address: 'Gebraucht wird eine ganze Adresse, die mit https:// oder http:// beginnt.',
  foreign_host: 'Von diesem Host dürfen keine Streams kommen (MEDIA_HOSTS).',
  no_media_file: 'Das ist kein Stream, der hier liegt.',
  no_email: 'Das sieht nicht wie eine E-Mail-Adresse aus.',
  ends_before_it_begins: 'Das Ende muss nach dem Anfang kommen.',
  overlapping: 'Zwei davon überschneiden sich.',
  beyond_the_end: 'Da ist der Film schon zu Ende.',
  wrong: 'Das stimmt nicht.',
  repeated: 'Immer dieselben paar Zeichen errät jeder.',
  common: 'Das gehört zu denen, die als Erste probiert werden.',
  personal: 'Es muss mehr sein als die E-Mail-Adresse, der Name oder der Name dieses Dienstes.',
};

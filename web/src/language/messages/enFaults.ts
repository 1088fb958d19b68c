/** What goes wrong with a request, and with a field of it. */

export const enProblem = {
  offline: 'The server can’t be reached. Check the connection.',
  server: 'The server has a problem. Please try again in a moment.',
  forbidden: 'You are not allowed to do this.',
  notFound: 'This does not exist any more.',
  tooMany: 'That was a little fast. Please wait a moment.',
  /** By the last part of the problem's type; what is not here is said in the API's own words, which are English. */
  kinds: {} as Record<string, string>,
};

/** What is wrong with a field, by the API's code, or by "field code" where a field says it in its own way. */

export const enFaults = {
  required: 'This is needed.',
  too_short: (limit: number) => `At least ${limit} characters.`,
  too_long: (limit: number) => `At most ${limit} characters.`,
  too_few: (limit: number) => `At least ${limit}.`,
  too_many: (limit: number) => `At most ${limit}.`,
  too_small: (limit: number) => `Not less than ${limit}.`,
  too_large: (limit: number) => `Not more than ${limit}.`,
  wrong_form: 'This is not written as it has to be.',
  'language wrong_form': 'A tag of a language is needed, such as en, de or pt-BR.',
  'size too_small': 'The file is empty.',
  'size too_large': 'The film is larger than what is taken here.',
  web_address: 'A whole web address is needed, beginning with https:// or http://.',
  foreign_host: 'This host is not among those that streams may come from (MEDIA_HOSTS).',
  no_media_file: 'This is no stream that is kept here.',
  no_email: 'That does not look like an e-mail address.',
  ends_before_it_begins: 'The end has to come after the beginning.',
  overlapping: 'Two of them overlap.',
  beyond_the_end: 'The film is over by then.',
  wrong: 'This is wrong.',
  repeated: 'The same few characters over and over: anybody guesses that.',
  common: 'This is one of those that are tried first.',
  personal: 'More is needed than the e-mail address, the name or the name of this service.',
};

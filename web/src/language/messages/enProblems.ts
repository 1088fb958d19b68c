/** What the API refuses as a whole, in English, by the last part of the problem's type (docs/problems.md). */

/** What a problem names, by name: who holds a show, how many are the most. */
export type ProblemParams = Partial<Record<string, string | number>>;
export type ProblemWords = string | ((params: ProblemParams) => string);

const kinds = {
  'account-suspended': 'The account is suspended. It has to be reinstated first.',
  'address-too-long': 'That is too long. Try it with fewer words.',
  'api-key-not-found': 'This key does not exist any more.',
  'body-too-large': 'That is too much at once. Make it shorter.',
  'captions-not-found': 'There are no captions in this language any more.',
  'captions-refused': ({ reason, most }) => {
    if (reason === 'charset')
      return 'The letters of this file can’t be told for sure. Save it as UTF-8, and send it again.';
    if (reason === 'too_many') return `These captions have more than ${most} lines: that can’t be right.`;
    return 'These are no captions: WebVTT or SRT with at least one line and its times is needed.';
  },
  'claimed-by-somebody-else': ({ holder }) => `${holder ?? 'Somebody else'} is watching it.`,
  conflict: 'This is not possible in the present state.',
  'current-password-needed': 'For this the current password is needed.',
  'database-away': 'The database does not answer at the moment. Please try again in a moment.',
  'delivery-not-found': 'This delivery does not exist any more.',
  'email-taken': 'There is already an account with this e-mail.',
  'ends-before-it-begins': 'The end has to come after the beginning.',
  'episode-of-no-series': 'An episode needs the title of its series.',
  'event-not-found': 'This event does not exist any more.',
  'event-not-understood': 'The shape of this event is still not known here. An update may bring it.',
  'film-is-show': 'This film has become a show: describe it there.',
  'film-not-checked': 'The film could not be looked at right now. Please send it again later.',
  'film-too-large': ({ mostGibibytes }) =>
    mostGibibytes === undefined
      ? 'The film is larger than what is taken here.'
      : `The film is larger than ${mostGibibytes} GiB. Export it at a lower bitrate.`,
  'film-type-refused': 'This is no type of file that films come in.',
  forbidden: 'You are not allowed to do this.',
  'foreign-cursor': 'This list has changed its shape. Load the page anew.',
  'foreign-media-host': 'Streams of this host are not taken here (MEDIA_HOSTS).',
  'grant-missing': 'The permission to play this is missing. Load the page anew.',
  'grant-refused': 'The permission to play this has run out. Load the page anew.',
  'head-too-large': 'The browser sends too much along. Deleting the cookies of this site helps.',
  'illegal-state-change': 'From its present state the show can’t go there. Perhaps somebody was faster.',
  'ingest-job-not-found': 'This job does not exist any more.',
  'internal-fault': 'The server has a problem. Please try again in a moment.',
  invalid: 'Some of this is not as it should be.',
  'job-ended': 'This job has ended already.',
  'job-not-cancellable': 'This job has ended already, and can’t be cancelled any more.',
  'job-not-retryable': 'Only a job that failed or was cancelled can be tried again.',
  'last-admin': 'Somebody has to remain an administrator. Give another account that role first.',
  'link-refused': 'This link has been used or is too old. Ask for a new one.',
  malformed: 'The server could not read this. Load the page anew, and try again.',
  'marker-beyond-the-end': 'A marker lies beyond the end of the film.',
  'media-away': 'The storage of the films does not answer at the moment. Please try again in a moment.',
  'media-not-found': 'This file of the film does not exist any more. Load the page anew.',
  'no-frames': 'No pictures can be taken out of this film here. Choose a file instead.',
  'no-next-episode': 'No episode comes after this one.',
  'nobody-looks-at-films': 'No program that looks at films is set up here (ANALYSER).',
  'nobody-signed-in': 'You are not signed in any more. Sign in to go on.',
  'not-a-film': 'The file is no film that can be read here.',
  'not-found': 'This does not exist any more.',
  'not-readable': 'The server could not read this. Load the page anew, and try again.',
  'not-valid': 'Some fields are not as they should be.',
  'not-watched': 'Nothing is remembered of this show.',
  'notes-missing': 'Say in a sentence what has to be mended.',
  'nothing-here': 'This does not exist any more.',
  'nothing-to-look-at': 'The show has no HLS stream that a program could look at.',
  'nothing-to-play': 'There is no stream for this show yet.',
  'own-upload': 'Whoever brought a film in does not approve it: somebody else has to.',
  'part-address-refused': 'A part of the film came too late. Try it again.',
  'part-not-found': 'A part of the film does not belong to this upload. Choose the file anew.',
  'part-size-wrong': 'A part of the film came with the wrong size. Choose the file anew.',
  'picture-refused': 'This picture can’t be used: PNG, JPEG or WebP of up to 10 MB is needed.',
  'precondition-failed': 'Somebody else has changed this meanwhile. Load the page anew.',
  'quota-exceeded': ({ mostGibibytes }) =>
    mostGibibytes === undefined
      ? 'Too much is on its way already. Some of it has to end first.'
      : `Films on their way may take ${mostGibibytes} GiB together. Some of them have to end first.`,
  'raced-with-another': 'Somebody else changed the same at this moment. Please try again.',
  'refresh-refused': 'The session has ended. Sign in to go on.',
  'request-too-slow': 'It took too long to arrive. Check the connection, and try again.',
  'review-not-found': 'This verdict does not exist any more.',
  'role-too-low': 'Your role does not allow this. An administrator gives roles.',
  'series-not-found': 'This series has nothing to watch any more.',
  'service-stopping': 'The server is being restarted. Please try again in a moment.',
  'session-ended': 'The session has ended. Sign in to go on.',
  'session-not-found': 'This session has ended already.',
  'setup-refused': 'The link has run out, or there is an administrator already.',
  'show-changed': 'Somebody else has changed this show meanwhile.',
  'show-not-found': 'This show does not exist any more, or is not on at the moment.',
  'storage-unavailable':
    'The storage of the films does not answer, or is full. Please try again later; if it stays so, whoever runs this service has to look.',
  'subscription-not-found': 'This notification does not exist any more.',
  'token-refused': 'The session has ended. Sign in to go on.',
  'too-large': 'That is too large.',
  'too-many-asked': 'That was a little fast.',
  'too-many-requests': 'That was a little fast.',
  'too-many-sign-ins': 'Too many people are signing in at this moment. Please try again in a moment.',
  'too-many-stream-tests': 'That was a lot of streams in a short time.',
  'too-many-streams': 'Too many pages follow the progress of films. Close some of them.',
  'too-many-tries': 'Too many tries.',
  'too-many-uploads': ({ mostAtOnce, mostADay }) => {
    if (mostADay !== undefined) return `No more than ${mostADay} films a day can be sent.`;
    return mostAtOnce === undefined
      ? 'Too many films are on their way already.'
      : `No more than ${mostAtOnce} films can be on their way at once.`;
  },
  unauthenticated: 'You are not signed in any more. Sign in to go on.',
  unavailable: 'The server is not ready at the moment. Please try again in a moment.',
  'upload-ended': 'This upload has ended already.',
  'upload-incomplete': 'Parts of the film are missing. Try it again: only those are sent anew.',
  'upload-not-found': 'This upload does not exist any more. Choose the file anew.',
  'user-not-found': 'This account does not exist any more.',
  'verdict-stands': ({ reason }) => {
    if (reason === 'somebody_elses') return 'This verdict is somebody else’s: only they can take it back.';
    if (reason === 'moved_on') return 'The show has moved on: its verdict can’t be taken back any more.';
    return 'This verdict was given too long ago to be taken back. Withdraw the show, or send it back to review.';
  },
  'weak-password': 'This password is too easy to guess.',
  'wrong-credentials': 'E-mail or password is wrong.',
} satisfies Record<string, ProblemWords>;

export type ProblemKind = keyof typeof kinds;

export const enProblem = {
  offline: 'The server can’t be reached. Check the connection.',
  server: 'The server has a problem. Please try again in a moment.',
  forbidden: 'You are not allowed to do this.',
  notFound: 'This does not exist any more.',
  tooMany: 'That was a little fast.',
  /** After what was too much. */
  waitMoment: 'Please wait a moment.',
  waitFor: (time: string) => `Please wait ${time}.`,
  kinds: kinds as Record<ProblemKind, ProblemWords>,
};

/** The words of the first page. */
import { counted, defineWords } from '../words';

export const dashboardWords = defineWords({
  en: {
    overview: 'Overview',
    hint: 'What needs a person now.',
    toReview: (count: number) => `${counted('en', count, 'show waits', 'shows wait')} for review`,
    oldest: 'The oldest:',
    failed: (count: number) => `${counted('en', count, 'film', 'films')} could not be transcoded`,
    failedHint: 'See why, and try again.',
    queue: (count: number) => `${counted('en', count, 'film', 'films')} in the queue`,
    running: (count: number) => `${count} being transcoded`,
    unreadable: (count: number) =>
      `${counted('en', count, 'webhook event', 'webhook events')} not understood`,
    failedEvents: (count: number) => `${counted('en', count, 'webhook event', 'webhook events')} failed here`,
    failedDeliveries: (count: number) =>
      `${counted('en', count, 'notification', 'notifications')} did not arrive`,
    lately: 'In the last seven days.',
    nothing: 'Nothing waits for anybody',
    nothingHint: 'Time to bring in something new.',
    firstUpload: 'Bring in the first film',
    firstUploadHint: 'Drop a film anywhere on this page: it is transcoded, reviewed, and viewers see it.',
    upload: 'Upload',
    library: 'Library by state',
    added: 'New shows in two weeks',
    day: 'Day',
    shows: 'Shows',
    state: 'State',
    storage: 'Storage',
    films: 'Films as they were sent',
    disk: (used: string, total: string) => `${used} of ${total} of the disk in use`,
    recent: 'Changed last',
    all: 'All shows',
  },
  de: {
    overview: 'Übersicht',
    hint: 'Was jetzt jemanden braucht.',
    toReview: (count: number) => `${counted('de', count, 'Film wartet', 'Filme warten')} auf Prüfung`,
    oldest: 'Der älteste:',
    failed: (count: number) => `${counted('de', count, 'Film', 'Filme')} nicht umgewandelt`,
    failedHint: 'Sehen Sie nach, warum, und versuchen Sie es noch einmal.',
    queue: (count: number) => `${counted('de', count, 'Film', 'Filme')} in der Warteschlange`,
    running: (count: number) => `${count} in Umwandlung`,
    unreadable: (count: number) =>
      `${counted('de', count, 'Webhook-Ereignis', 'Webhook-Ereignisse')} nicht verstanden`,
    failedEvents: (count: number) =>
      `${counted('de', count, 'Webhook-Ereignis', 'Webhook-Ereignisse')} hier gescheitert`,
    failedDeliveries: (count: number) =>
      `${counted('de', count, 'Benachrichtigung', 'Benachrichtigungen')} nicht angekommen`,
    lately: 'In den letzten sieben Tagen.',
    nothing: 'Nichts wartet auf jemanden',
    nothingHint: 'Zeit, etwas Neues hereinzuholen.',
    firstUpload: 'Den ersten Film hereinholen',
    firstUploadHint:
      'Legen Sie irgendwo auf dieser Seite einen Film ab: Er wird umgewandelt, geprüft, und Zuschauer sehen ihn.',
    upload: 'Hochladen',
    library: 'Bibliothek nach Zustand',
    added: 'Neue Filme in zwei Wochen',
    day: 'Tag',
    shows: 'Filme',
    state: 'Zustand',
    storage: 'Speicher',
    films: 'Filme, wie sie gesendet wurden',
    disk: (used: string, total: string) => `${used} von ${total} der Platte belegt`,
    recent: 'Zuletzt geändert',
    all: 'Alle Filme',
  },
});

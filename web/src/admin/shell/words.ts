/** The words around every page of the admin. */
import { defineWords } from '../words';

export const shellWords = defineWords({
  en: {
    administration: 'Administration',
    openMenu: 'Menu',
    groups: { work: 'Shows', tools: 'Tools', house: 'House' },
    toViewer: 'What viewers see',
    yourAccount: 'Your account',
    roles: { viewer: 'Viewer', reviewer: 'Reviewer', editor: 'Editor', admin: 'Administrator' },
    welcome: 'Back to work',
    notSetUp: 'Nobody manages this service yet',
    notSetUpHint:
      'When it started, it wrote a link into its log, behind “nobody may manage shows yet”. Open that link: it makes you the first administrator. It lasts for a day; the next start writes a new one.',
    setUpByCommand: 'Or run this on the machine that the service is on:',
    someEmail: 'you@example.org',
    notStaff: 'This account is not on the staff',
    notStaffHint: 'An administrator can give it a role. Until then there is nothing here for you.',
    notYours: 'This page is not for your role',
    notYoursHint: 'An administrator can give you the role that it needs.',
    toStart: 'To the start',
    notFetched: 'This page could not be fetched',
    notFetchedHint:
      'The server can’t be reached. Films on their way go on by themselves as soon as it is back.',
  },
  de: {
    administration: 'Verwaltung',
    openMenu: 'Menü',
    groups: { work: 'Filme', tools: 'Werkzeuge', house: 'Haus' },
    toViewer: 'Was Zuschauer sehen',
    yourAccount: 'Ihr Konto',
    roles: { viewer: 'Zuschauer', reviewer: 'Prüfer', editor: 'Redakteur', admin: 'Administrator' },
    welcome: 'Zurück an die Arbeit',
    notSetUp: 'Noch verwaltet niemand diesen Dienst',
    notSetUpHint:
      'Beim Start hat er einen Link in sein Protokoll geschrieben, hinter „nobody may manage shows yet“. Öffnen Sie ihn: Er macht Sie zum ersten Administrator. Er gilt einen Tag; der nächste Start schreibt einen neuen.',
    setUpByCommand: 'Oder führen Sie auf dem Rechner, auf dem der Dienst läuft, das hier aus:',
    someEmail: 'sie@example.org',
    notStaff: 'Dieses Konto gehört nicht zum Team',
    notStaffHint: 'Ein Administrator kann ihm eine Rolle geben. Bis dahin gibt es hier nichts für Sie.',
    notYours: 'Diese Seite ist nicht für Ihre Rolle',
    notYoursHint: 'Ein Administrator kann Ihnen die Rolle geben, die sie braucht.',
    toStart: 'Zum Anfang',
    notFetched: 'Diese Seite war nicht zu bekommen',
    notFetchedHint:
      'Der Server ist nicht erreichbar. Filme, die unterwegs sind, kommen von selbst weiter, sobald er wieder da ist.',
  },
});

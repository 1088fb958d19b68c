/** What the API refuses as a whole, in German; viewers and the staff both read it, so it calls nobody du or Sie. */
import type { enProblem } from './enProblems';

export const deProblem: typeof enProblem = {
  offline: 'Der Server ist nicht erreichbar. Bitte die Verbindung prüfen.',
  server: 'Der Server hat ein Problem. Bitte gleich noch einmal versuchen.',
  forbidden: 'Das ist mit diesem Konto nicht erlaubt.',
  notFound: 'Das gibt es nicht mehr.',
  tooMany: 'Das war etwas schnell.',
  waitMoment: 'Bitte einen Moment warten.',
  waitFor: (time) => `Bitte ${time} warten.`,
  kinds: {
    'account-suspended': 'Das Konto ist gesperrt. Erst muss die Sperre aufgehoben werden.',
    'address-too-long': 'Das ist zu lang. Mit weniger Wörtern geht es.',
    'api-key-not-found': 'Diesen Schlüssel gibt es nicht mehr.',
    'body-too-large': 'Das ist zu viel auf einmal. Bitte kürzen.',
    'captions-not-found': 'In dieser Sprache gibt es keine Untertitel mehr.',
    'captions-refused': ({ reason, most }) => {
      if (reason === 'charset')
        return 'Die Buchstaben dieser Datei lassen sich nicht sicher lesen. Bitte als UTF-8 speichern und noch einmal senden.';
      if (reason === 'too_many')
        return `Diese Untertitel haben mehr als ${most} Einträge: das kann nicht stimmen.`;
      return 'Das sind keine Untertitel: gebraucht wird WebVTT oder SRT mit mindestens einem Eintrag und seinen Zeiten.';
    },
    'claimed-by-somebody-else': ({ holder }) =>
      holder === undefined ? 'Jemand anderes prüft diesen Film gerade.' : `${holder} prüft ihn gerade.`,
    conflict: 'Das geht im jetzigen Zustand nicht.',
    'current-password-needed': 'Dafür wird das bisherige Passwort gebraucht.',
    'database-away': 'Die Datenbank antwortet gerade nicht. Bitte gleich noch einmal versuchen.',
    'delivery-not-found': 'Diese Zustellung gibt es nicht mehr.',
    'email-taken': 'Es gibt schon ein Konto mit dieser E-Mail.',
    'ends-before-it-begins': 'Das Ende muss nach dem Anfang kommen.',
    'episode-of-no-series': 'Eine Folge braucht den Titel ihrer Serie.',
    'event-not-found': 'Dieses Ereignis gibt es nicht mehr.',
    'event-not-understood':
      'Die Form dieses Ereignisses ist hier noch immer unbekannt. Eine neue Version kennt sie vielleicht.',
    'film-is-show': 'Dieser Film ist schon fertig: beschrieben wird er jetzt auf seiner eigenen Seite.',
    'film-not-checked': 'Der Film konnte gerade nicht angesehen werden. Bitte später noch einmal senden.',
    'film-too-large': ({ mostGibibytes }) =>
      mostGibibytes === undefined
        ? 'Der Film ist größer, als hier angenommen wird.'
        : `Der Film ist größer als ${mostGibibytes} GiB. Ein Export mit niedrigerer Bitrate hilft.`,
    'film-type-refused': 'Das ist keine Art von Datei, in der Filme stecken.',
    forbidden: 'Das ist mit diesem Konto nicht erlaubt.',
    'foreign-cursor': 'Diese Liste ist jetzt anders aufgebaut. Bitte die Seite neu laden.',
    'foreign-media-host': 'Streams von diesem Host werden hier nicht angenommen (MEDIA_HOSTS).',
    'grant-missing': 'Die Erlaubnis zum Abspielen fehlt. Bitte die Seite neu laden.',
    'grant-refused': 'Die Erlaubnis zum Abspielen ist abgelaufen. Bitte die Seite neu laden.',
    'head-too-large': 'Der Browser schickt zu viel mit. Es hilft, die Cookies dieser Seite zu löschen.',
    'illegal-state-change':
      'In diesen Zustand kann der Film von seinem jetzigen aus nicht kommen. Vielleicht war jemand schneller.',
    'ingest-job-not-found': 'Diesen Auftrag gibt es nicht mehr.',
    'internal-fault': 'Der Server hat ein Problem. Bitte gleich noch einmal versuchen.',
    invalid: 'Etwas davon stimmt so nicht.',
    'job-ended': 'Dieser Auftrag ist schon zu Ende.',
    'job-not-cancellable': 'Dieser Auftrag ist schon zu Ende und lässt sich nicht mehr abbrechen.',
    'job-not-retryable': 'Nur ein gescheiterter oder abgebrochener Auftrag lässt sich noch einmal versuchen.',
    'last-admin': 'Es muss mindestens ein Administrator bleiben. Erst braucht ein anderes Konto diese Rolle.',
    'link-refused': 'Dieser Link wurde benutzt oder ist zu alt. Ein neuer lässt sich anfordern.',
    malformed: 'Der Server konnte das nicht lesen. Bitte die Seite neu laden und es noch einmal versuchen.',
    'marker-beyond-the-end': 'Eine Marke liegt hinter dem Ende des Films.',
    'media-away': 'Der Speicher der Filme antwortet gerade nicht. Bitte gleich noch einmal versuchen.',
    'media-not-found': 'Diese Datei des Films gibt es nicht mehr. Bitte die Seite neu laden.',
    'no-frames': 'Aus diesem Film lassen sich hier keine Bilder nehmen. Eine Datei geht trotzdem.',
    'no-next-episode': 'Nach dieser Folge kommt keine mehr.',
    'nobody-looks-at-films': 'Hier ist kein Programm eingestellt, das Filme ansieht (ANALYSER).',
    'nobody-signed-in': 'Die Anmeldung gilt nicht mehr. Bitte neu anmelden.',
    'not-a-film': 'Die Datei ist kein Film, der hier gelesen werden kann.',
    'not-found': 'Das gibt es nicht mehr.',
    'not-readable':
      'Der Server konnte das nicht lesen. Bitte die Seite neu laden und es noch einmal versuchen.',
    'not-valid': 'Einige Angaben stimmen so nicht.',
    'not-watched': 'Davon ist nichts mehr gemerkt.',
    'notes-missing': 'Es fehlt ein Satz, der sagt, was zu verbessern ist.',
    'nothing-here': 'Das gibt es nicht mehr.',
    'nothing-to-look-at': 'Dieser Film hat keinen HLS-Stream, den ein Programm ansehen könnte.',
    'nothing-to-play': 'Hier gibt es noch nichts abzuspielen.',
    'own-upload': 'Diesen Film hat dieselbe Person gebracht: freigeben muss ihn jemand anderes.',
    'part-address-refused': 'Ein Teil des Films kam zu spät. Bitte noch einmal versuchen.',
    'part-not-found': 'Ein Teil des Films gehört nicht zu diesem Upload. Bitte die Datei neu auswählen.',
    'part-size-wrong': 'Ein Teil des Films kam in falscher Größe an. Bitte die Datei neu auswählen.',
    'picture-refused': 'Dieses Bild lässt sich nicht nehmen: gebraucht wird PNG, JPEG oder WebP bis 10 MB.',
    'precondition-failed': 'Jemand anderes hat das inzwischen geändert. Bitte die Seite neu laden.',
    'quota-exceeded': ({ mostGibibytes }) =>
      mostGibibytes === undefined
        ? 'Es ist schon zu viel unterwegs. Erst muss etwas davon fertig sein.'
        : `Filme unterwegs dürfen zusammen ${mostGibibytes} GiB haben. Erst muss etwas davon fertig sein.`,
    'raced-with-another': 'Jemand anderes hat im selben Augenblick geändert. Bitte noch einmal.',
    'refresh-refused': 'Die Sitzung ist beendet. Bitte neu anmelden.',
    'request-too-slow': 'Es kam zu langsam an. Bitte die Verbindung prüfen und es noch einmal versuchen.',
    'review-not-found': 'Dieses Urteil gibt es nicht mehr.',
    'role-too-low': 'Diese Rolle erlaubt das nicht. Rollen vergibt ein Administrator.',
    'series-not-found': 'Von dieser Serie läuft nichts mehr.',
    'service-stopping': 'Der Server wird gerade neu gestartet. Bitte gleich noch einmal versuchen.',
    'session-ended': 'Die Sitzung ist beendet. Bitte neu anmelden.',
    'session-not-found': 'Diese Sitzung ist schon beendet.',
    'setup-refused': 'Der Link ist abgelaufen, oder es gibt schon einen Administrator.',
    'show-changed': 'Jemand anderes hat diesen Film inzwischen geändert.',
    'show-not-found': 'Diesen Film gibt es nicht mehr, oder er läuft gerade nicht.',
    'storage-unavailable':
      'Der Speicher der Filme antwortet nicht oder ist voll. Bitte später noch einmal versuchen; bleibt es so, muss der Betreiber nachsehen.',
    'subscription-not-found': 'Diese Benachrichtigung gibt es nicht mehr.',
    'token-refused': 'Die Sitzung ist beendet. Bitte neu anmelden.',
    'too-large': 'Das ist zu groß.',
    'too-many-asked': 'Das war etwas schnell.',
    'too-many-requests': 'Das war etwas schnell.',
    'too-many-sign-ins': 'Gerade melden sich zu viele zugleich an. Bitte gleich noch einmal versuchen.',
    'too-many-stream-tests': 'Das waren viele Streams in kurzer Zeit.',
    'too-many-streams': 'Zu viele Seiten verfolgen, wie weit Filme sind. Bitte einige davon schließen.',
    'too-many-tries': 'Zu viele Versuche.',
    'too-many-uploads': ({ mostAtOnce, mostADay }) => {
      if (mostADay !== undefined) return `Mehr als ${mostADay} Filme am Tag lassen sich nicht senden.`;
      return mostAtOnce === undefined
        ? 'Es sind schon zu viele Filme unterwegs.'
        : `Mehr als ${mostAtOnce} Filme können nicht zugleich unterwegs sein.`;
    },
    unauthenticated: 'Die Anmeldung gilt nicht mehr. Bitte neu anmelden.',
    unavailable: 'Der Server ist gerade nicht bereit. Bitte gleich noch einmal versuchen.',
    'upload-ended': 'Dieser Upload ist schon abgeschlossen.',
    'upload-incomplete':
      'Teile des Films fehlen noch. Bitte noch einmal versuchen: nur die werden neu gesendet.',
    'upload-not-found': 'Diesen Upload gibt es nicht mehr. Bitte die Datei neu auswählen.',
    'user-not-found': 'Dieses Konto gibt es nicht mehr.',
    'verdict-stands': ({ reason }) => {
      if (reason === 'somebody_elses') return 'Ein Urteil nimmt nur zurück, wer es gefällt hat.';
      if (reason === 'moved_on')
        return 'Der Film ist inzwischen weiter: sein Urteil lässt sich nicht mehr zurücknehmen.';
      return 'Dieses Urteil ist zu alt, um es zurückzunehmen. Der Film lässt sich vom Programm nehmen oder noch einmal prüfen.';
    },
    'weak-password': 'Dieses Passwort ist zu leicht zu erraten.',
    'wrong-credentials': 'E-Mail oder Passwort ist falsch.',
  },
};

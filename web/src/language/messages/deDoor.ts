/** The words at the door, in German. */
import type { enDoor } from './enDoor';

export const deDoor: typeof enDoor = {
  welcomeBack: 'Schön, dass du da bist',
  joinUs: 'Nimm Platz',
  noAccountYet: 'Neu hier?',
  haveAccount: 'Schon ein Konto?',
  forgotPassword: 'Passwort vergessen?',
  forgotTitle: 'Passwort vergessen',
  forgotHint: 'Nenn uns deine E-Mail. Gibt es ein Konto, kommt ein Link für ein neues Passwort.',
  sendLink: 'Link schicken',
  linkSent: 'Gibt es ein Konto mit dieser Adresse, ist der Link unterwegs. Er gilt 30 Minuten.',
  resetTitle: 'Neues Passwort wählen',
  resetDone: 'Das Passwort ist geändert, alle Geräte wurden abgemeldet. Melde dich mit dem neuen an.',
  invitedTitle: 'Willkommen, wähle ein Passwort',
  invitedDone: 'Das Passwort gehört dir. Melde dich damit an.',
  linkUsedUp: 'Dieser Link wurde benutzt oder ist zu alt. Fordere einen neuen an.',
  linkIncomplete:
    'Dieser Link ist unvollständig. Öffne den ganzen Link aus der Mail oder fordere einen neuen an.',
  verifyTitle: 'Adresse bestätigen',
  verifyDone: 'Danke, die Adresse ist bestätigt.',
  sessionEnded: 'Die Sitzung ist beendet. Nach der Anmeldung geht es dort weiter, wo sie endete.',
  badCredentials: 'E-Mail oder Passwort ist falsch.',
  emailTaken: 'Es gibt schon ein Konto mit dieser E-Mail.',
};

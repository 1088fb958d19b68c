/** The words of the very first visit. */
import { defineWords } from '../words';

export const setupWords = defineWords({
  en: {
    setUp: 'Set up',
    title: 'Your own streaming service',
    hint: 'Make the first administrator. Everything else follows from there, beginning with a film.',
    make: 'Make the administrator',
    codeMissing: 'The link is not whole. Open the one that the service wrote into its log when it started.',
    codeWrong: 'This link does not count any more. The service writes a new one into its log when it starts.',
    done: 'There is an administrator already. Sign in instead.',
    signIn: 'To the sign-in',
  },
  de: {
    setUp: 'Einrichten',
    title: 'Ihr eigener Streamingdienst',
    hint: 'Legen Sie den ersten Administrator an. Alles Weitere ergibt sich, angefangen mit einem Film.',
    make: 'Administrator anlegen',
    codeMissing:
      'Der Link ist nicht vollständig. Öffnen Sie den, den der Dienst beim Start ins Protokoll schrieb.',
    codeWrong: 'Dieser Link gilt nicht mehr. Der Dienst schreibt beim Start einen neuen ins Protokoll.',
    done: 'Es gibt schon einen Administrator. Melden Sie sich an.',
    signIn: 'Zur Anmeldung',
  },
});

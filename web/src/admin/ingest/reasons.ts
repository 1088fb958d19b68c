/** Why an event came to what it did: the ledger says it in English, and names what it found after a colon. */
import { defineWords, wordsIn } from '../words';

const reasons = defineWords<Record<string, string>>({
  // What stands in the ledger is English already.
  en: {},
  de: {
    'it says nothing that changes anything': 'Es sagt nichts, was etwas ändert',
    'nothing is known of this encoding yet': 'Von dieser Umwandlung ist noch nichts bekannt',
    'its media are on a host that MEDIA_HOSTS does not list':
      'Die Medien liegen auf einem Host, den MEDIA_HOSTS nicht nennt',
    'its media lie in the folder of another video': 'Die Medien liegen im Ordner eines anderen Videos',
    'a newer attempt of this job runs, or it was cancelled': 'Von Neuerem überholt',
    'something newer is known': 'Neueres ist schon bekannt',
    'the video is done': 'Das Video ist fertig',
    'no JSON': 'Kein JSON',
    'no event': 'Kein Ereignis',
    'it says nothing that changes a job': 'Es sagt nichts, was einen Auftrag ändert',
    'no state of a job that is known here': 'Dieser Stand eines Auftrags ist hier nicht bekannt',
    'a job without a playlist of HLS or DASH': 'Ein Auftrag ohne Playlist in HLS oder DASH',
    'a job that carries no guid is none of ours': 'Ein Auftrag ohne guid ist keiner von uns',
    'an execution that has not ended': 'Eine Ausführung, die noch läuft',
    'no state of an execution that is known here': 'Dieser Stand einer Ausführung ist hier nicht bekannt',
    'no execution of the machine that publishes': 'Keine Ausführung der Maschine, die veröffentlicht',
    'an encoding that is about to begin': 'Eine Umwandlung, die gleich beginnt',
    'no state of the solution that is known here': 'Dieser Stand der Lösung ist hier nicht bekannt',
    'an error that names no video': 'Ein Fehler, der kein Video nennt',
    'words for people': 'Worte für Menschen',
    'the topic sends nothing any more': 'Das Topic sendet nichts mehr',
    'no event that this service acts on': 'Kein Ereignis, nach dem dieser Dienst handelt',
    'its signature cannot be read': 'Die Unterschrift ist nicht lesbar',
    'its signature is not of SNS, or for something else':
      'Die Unterschrift ist nicht von SNS oder gilt etwas anderem',
    'not as expected': 'Nicht wie erwartet',
    "its output was too large to be told; the encoder's own event has the streams":
      'Die Ausgabe war zu groß, um mitgeteilt zu werden; die Streams stehen im Ereignis des Encoders',
  },
});

/** A sentence's beginning; what the service has not said itself, such as an address, stays as it is. */
export function sayReason(reason: string, language: string): string {
  const [, said = reason, found = ''] = /^([^:]*)(: .*)$/s.exec(reason) ?? [];
  const words = wordsIn(reasons, language)[said] ?? said;
  return words.charAt(0).toUpperCase() + words.slice(1) + found;
}

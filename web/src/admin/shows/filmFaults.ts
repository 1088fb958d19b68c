/** Why a film did not become a show, by the code that the job keeps: what it means, and what somebody can do now. */
import { defineWords, wordsIn } from '../words';

interface FaultWords {
  what: string;
  next: string;
}

const anotherFile = {
  en: 'Bring it in again in another format: an export as MP4 with H.264 and AAC always works.',
  de: 'Bringen Sie ihn in einem anderen Format: ein Export als MP4 mit H.264 und AAC geht immer.',
};

export const filmFaults = defineWords<Record<string, FaultWords>>({
  en: {
    crashed: {
      what: 'The encoder broke down.',
      next: 'Try it again. If it breaks down once more, the log says where; another export of the film often helps.',
    },
    hung: {
      what: 'The encoder stood still.',
      next: 'Try it again when the machine has less to do. A film that always stands still at one place is damaged there.',
    },
    out_of_bounds: {
      what: 'The film grew beyond what it said of itself.',
      next: 'Export it anew: its header is wrong.',
    },
    no_space: {
      what: 'The disk was full.',
      next: 'Make room on the server, then try it again.',
    },
    incomplete: {
      what: 'What came out is shorter than the film.',
      next: 'The film is damaged: play it to the end, and bring a sound copy.',
    },
    stream_broken: {
      what: 'The finished stream would not play.',
      next: 'Try it again. If it stays so, the detail names the fault for whoever runs this service.',
    },
    source_missing: { what: 'The film is gone from the storage.', next: 'Bring it in again.' },
    storage_away: {
      what: 'The storage could not be reached, or is full.',
      next: 'See that the storage answers, then try it again.',
    },
    not_checked: {
      what: 'The film could not be looked at on this machine.',
      next: 'Try it again; if it stays so, have “showsondemand doctor” look at the machine.',
    },
    worker_lost: {
      what: 'The worker died each time over this film.',
      next: 'Look at the machine’s memory, then try it again.',
    },
    empty: { what: 'The file is empty.', next: 'Bring it in again.' },
    not_a_video: { what: 'The file is no film.', next: anotherFile.en },
    no_video_stream: { what: 'The file has no picture.', next: anotherFile.en },
    unsupported_codec: { what: 'The film is in a format that is not read here.', next: anotherFile.en },
    truncated: { what: 'The file breaks off.', next: 'Bring it in again, whole.' },
    too_long: { what: 'The film is too long.', next: 'Bring it in as several parts.' },
    too_short: { what: 'The film is too short.', next: 'Bring a film of more than a moment.' },
    too_large_frame: { what: 'Its picture is too large.', next: 'Export it in 4K or less.' },
    too_small_frame: { what: 'Its picture is too small.', next: 'Bring a larger one.' },
    too_many_frames: { what: 'It has too many frames a second.', next: 'Export it with 60 or fewer.' },
    too_many_streams: { what: 'It has too many tracks.', next: 'Export it with fewer.' },
    encoder_away: {
      what: 'The encoder could not be reached.',
      next: 'See that its address and the account’s rights are right, then try it again.',
    },
    order_refused: {
      what: 'The encoder does not take the film.',
      next: 'The detail says what it wants otherwise: change its settings, then try it again.',
    },
    foreign_media_host: {
      what: 'The film is encoded, but lies where nothing may be played from.',
      next: 'Add the host to MEDIA_HOSTS, then read the event again under “Webhook events”.',
    },
    encoder: {
      what: 'The encoder failed.',
      next: 'The detail says why, in its own words. Try it again; another export of the film often helps.',
    },
    encoding_lost: {
      what: 'The encoder has not been heard of for too long.',
      next: 'See what it says of the film, then try it again.',
    },
    publish_failed: {
      what: 'The film is encoded, but could not be published.',
      next: 'Look at the workflow that publishes, then try it again.',
    },
    publish_timed_out: {
      what: 'The film is encoded, but publishing it took too long.',
      next: 'Look at the workflow that publishes, then try it again.',
    },
    publish_aborted: {
      what: 'The film is encoded, but publishing it was ended by hand.',
      next: 'Ask who ended it, or try it again.',
    },
  },
  de: {
    crashed: {
      what: 'Der Encoder ist abgestürzt.',
      next: 'Versuchen Sie es noch einmal. Stürzt er wieder ab, sagt das Protokoll, wo; oft hilft ein neuer Export.',
    },
    hung: {
      what: 'Der Encoder stand still.',
      next: 'Versuchen Sie es wieder, wenn die Maschine weniger zu tun hat. Ein Film, bei dem er immer an derselben Stelle stehen bleibt, ist dort beschädigt.',
    },
    out_of_bounds: {
      what: 'Der Film wurde größer, als er von sich sagt.',
      next: 'Exportieren Sie ihn neu: sein Kopf ist falsch.',
    },
    no_space: {
      what: 'Die Platte war voll.',
      next: 'Schaffen Sie Platz auf dem Server und versuchen Sie es noch einmal.',
    },
    incomplete: {
      what: 'Das Ergebnis ist kürzer als der Film.',
      next: 'Der Film ist beschädigt: spielen Sie ihn bis zum Ende, und bringen Sie eine heile Kopie.',
    },
    stream_broken: {
      what: 'Der fertige Stream würde nicht spielen.',
      next: 'Versuchen Sie es noch einmal. Bleibt es so, nennt die Einzelheit den Fehler für den Betreiber.',
    },
    source_missing: { what: 'Der Film liegt nicht mehr im Speicher.', next: 'Bringen Sie ihn noch einmal.' },
    storage_away: {
      what: 'Der Speicher war nicht erreichbar oder ist voll.',
      next: 'Sehen Sie nach, ob er antwortet, und versuchen Sie es noch einmal.',
    },
    not_checked: {
      what: 'Der Film konnte auf dieser Maschine nicht angesehen werden.',
      next: 'Versuchen Sie es noch einmal; bleibt es so, hilft „showsondemand doctor“.',
    },
    worker_lost: {
      what: 'Die Verarbeitung brach jedes Mal über diesem Film ab.',
      next: 'Sehen Sie nach dem Speicher der Maschine und versuchen Sie es noch einmal.',
    },
    empty: { what: 'Die Datei ist leer.', next: 'Bringen Sie sie noch einmal.' },
    not_a_video: { what: 'Die Datei ist kein Film.', next: anotherFile.de },
    no_video_stream: { what: 'Die Datei hat kein Bild.', next: anotherFile.de },
    unsupported_codec: { what: 'Dieses Format wird hier nicht gelesen.', next: anotherFile.de },
    truncated: { what: 'Die Datei bricht ab.', next: 'Bringen Sie sie noch einmal, ganz.' },
    too_long: { what: 'Der Film ist zu lang.', next: 'Bringen Sie ihn in mehreren Teilen.' },
    too_short: {
      what: 'Der Film ist zu kurz.',
      next: 'Bringen Sie einen, der länger als ein Augenblick ist.',
    },
    too_large_frame: { what: 'Sein Bild ist zu groß.', next: 'Exportieren Sie ihn in 4K oder kleiner.' },
    too_small_frame: { what: 'Sein Bild ist zu klein.', next: 'Bringen Sie ein größeres.' },
    too_many_frames: {
      what: 'Er hat zu viele Bilder in der Sekunde.',
      next: 'Exportieren Sie ihn mit höchstens 60.',
    },
    too_many_streams: { what: 'Er hat zu viele Spuren.', next: 'Exportieren Sie ihn mit weniger.' },
    encoder_away: {
      what: 'Der Encoder war nicht erreichbar.',
      next: 'Sehen Sie nach, ob seine Adresse und die Rechte des Kontos stimmen, und versuchen Sie es noch einmal.',
    },
    order_refused: {
      what: 'Der Encoder nimmt den Film nicht an.',
      next: 'Die Einzelheit sagt, was er anders will: ändern Sie seine Einstellungen, und versuchen Sie es noch einmal.',
    },
    foreign_media_host: {
      what: 'Der Film ist umgewandelt, liegt aber, wo nichts abgespielt werden darf.',
      next: 'Tragen Sie den Host in MEDIA_HOSTS ein, und lesen Sie das Ereignis unter „Webhook-Ereignisse“ noch einmal.',
    },
    encoder: {
      what: 'Der Encoder ist gescheitert.',
      next: 'Die Einzelheit sagt in seinen Worten, warum. Versuchen Sie es noch einmal; oft hilft ein neuer Export.',
    },
    encoding_lost: {
      what: 'Vom Encoder war zu lange nichts zu hören.',
      next: 'Sehen Sie nach, was er von dem Film sagt, und versuchen Sie es noch einmal.',
    },
    publish_failed: {
      what: 'Der Film ist umgewandelt, ließ sich aber nicht veröffentlichen.',
      next: 'Sehen Sie nach dem Ablauf, der veröffentlicht, und versuchen Sie es noch einmal.',
    },
    publish_timed_out: {
      what: 'Der Film ist umgewandelt, aber das Veröffentlichen dauerte zu lange.',
      next: 'Sehen Sie nach dem Ablauf, der veröffentlicht, und versuchen Sie es noch einmal.',
    },
    publish_aborted: {
      what: 'Der Film ist umgewandelt, aber das Veröffentlichen wurde von Hand beendet.',
      next: 'Fragen Sie, wer es beendet hat, oder versuchen Sie es noch einmal.',
    },
  },
});

const unknown = defineWords<FaultWords>({
  en: { what: 'It could not be made into a show.', next: 'Try it again; the log says more.' },
  de: {
    what: 'Daraus konnte nichts gemacht werden.',
    next: 'Versuchen Sie es noch einmal; das Protokoll sagt mehr.',
  },
});

export function faultWordsOf(code: string, language: string): FaultWords {
  const words = wordsIn(filmFaults, language);
  // Of MediaConvert, its own number comes after.
  return (
    words[code] ?? (code.startsWith('mediaconvert') ? words.encoder : undefined) ?? wordsIn(unknown, language)
  );
}

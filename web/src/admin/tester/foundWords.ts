/** What was found at each fault of a stream: the API says it in English, and names what differs for other languages. */
import type { StreamFault } from '../../api/types';
import { sayBytes } from '../kit/sizes';
import { type PlaceWords, sayPlace } from './places';

export const germanSentences: Record<StreamFault['found'], string> = {
  not_fetched: '{said}',
  status: 'Der Server hat mit {status} geantwortet.',
  slow: '{seconds} s Film brauchten {took} s, um anzukommen.',
  limit_reached: 'Der Test endete an seiner Grenze für Anfragen, Bytes oder Zeit.',
  served_as: 'Ausgeliefert wird als {type}.',
  served_as_nothing: 'Ausgeliefert wird ohne einen Typ.',
  no_cors_header: 'Eine Seite einer anderen Adresse darf ihn nicht lesen.',
  neither_hls_nor_dash: 'Das ist weder eine HLS-Playlist noch ein DASH-Manifest.',
  lengths: 'Die Länge ist {seconds} s, bei {other} sind es {otherSeconds} s.',
  shift: 'Die Medien sind gegen die von {other} um {seconds} s verschoben.',
  segment_counts: 'Es sind {segments} Segmente, bei {other} sind es {otherSegments}.',
  cuts: 'Segment {segment} beginnt bei {seconds} s, das von {other} bei {otherSeconds} s.',
  no_extm3u: 'Am Anfang steht nicht #EXTM3U.',
  lines: 'Es sind {lines} Zeilen; daran verschlucken sich Player.',
  only_some_tracks: 'Nur {tracks} der Spuren.',
  variant_without_address: 'Nach einer Variante fehlt ihre Adresse.',
  no_bandwidth: 'BANDWIDTH fehlt.',
  nothing_in_playlist: 'Die Playlist führt nichts auf, das spielen könnte.',
  no_target_tag: 'Der Eintrag fehlt.',
  over_target: 'Ein Segment von {longest} s steht unter einem Ziel von {target} s.',
  open_playlist: 'Die Playlist ist offen wie die eines Livestreams.',
  gap_tag: 'Dort steht selbst, dass bei {seconds} s Medien fehlen.',
  no_extinf: 'Vor einem Segment fehlt EXTINF.',
  live_manifest: 'Das Manifest ist das eines Livestreams.',
  no_period: 'Eine Period fehlt.',
  only_first_period: 'Nur die erste seiner Perioden.',
  no_representation: 'Eine Representation fehlt.',
  document_type: 'Es gibt einen Dokumenttyp an, wie bei Angriffen mit Entitäten.',
  not_well_formed: 'Das ist kein wohlgeformtes XML.',
  root_not_mpd: 'Das oberste Element ist nicht MPD.',
  no_segment_template: 'Die Segmente stehen nicht in einem SegmentTemplate.',
  nothing_in_manifest: 'Das Manifest führt nichts auf, das spielen könnte.',
  timeline_gap: 'Die Zeitleiste lässt {seconds} s aus.',
  no_header_segment: 'Das ist kein Initialisierungssegment.',
  codecs_found: 'In den Medien steckt {codecs}.',
  other_codec: 'Angegeben ist {declared}, in den Medien steckt {codec}.',
  fragments_without_header: 'Die Segmente sind MP4-Fragmente ohne Kopf.',
  neither_mp4_nor_ts: 'Das ist weder MP4 noch ein Transportstrom.',
  only_mp4_read: 'Codecs und Zeiten werden nur aus MP4 gelesen.',
  no_fragment: 'Das ist kein MP4-Fragment dieser Spur.',
  segment_length: 'Es dauert {seconds} s, angegeben sind {saidSeconds} s.',
  peak: 'Ein Segment braucht {kilobits} kbit/s, angegeben sind {declaredKilobits} kbit/s.',
  drift: 'Vom ersten zum letzten Segment laufen die Medien der Playlist um {seconds} s davon.',
  no_caption_format: 'Das ist weder WebVTT noch TTML.',
};

/** Of what did not come at all, by the fault itself. */
const notFetched: Partial<Record<StreamFault['code'], string>> = {
  address_refused: 'Gefragt werden nur http- und https-Adressen im öffentlichen Internet.',
  no_such_host: 'Einen Host dieses Namens gibt es nicht.',
  unreachable: 'An diesem Host und Port antwortet niemand.',
  too_slow: 'Nach {limit} Sekunden war die Antwort nicht da.',
  too_large: 'Die Antwort ist länger als {limit}.',
  too_many_redirects: 'Es ging mehr als {limit}-mal an eine andere Adresse weiter.',
  broken_answer: 'Die Antwort brach ab oder ist kein HTTP.',
};

/** What was found there, with its numbers, in the language of the page. */
export function sayFound(fault: StreamFault, words: PlaceWords, language: string): string {
  if (language !== 'de') return fault.detail;
  const sentence =
    (fault.found === 'not_fetched' ? notFetched[fault.code] : undefined) ?? germanSentences[fault.found];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fault.params[name] ?? '–';
    if (name === 'other') return sayPlace(String(value), words);
    if (typeof value === 'string') return value;
    if (fault.code === 'too_large') return sayBytes(value, language);
    return new Intl.NumberFormat(language, { maximumFractionDigits: name === 'longest' ? 3 : 2 }).format(
      value,
    );
  });
}

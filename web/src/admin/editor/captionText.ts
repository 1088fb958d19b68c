/** Captions as they are looked at: of a file that is still to be sent, and of a show that has them. */
import { fetchBeside, playbackOf } from '../shows/playback';
import { asWebVTT, type Cue, cuesOf } from './cues';

export interface CaptionText {
  cues: Cue[];
  /** What the player draws. */
  webVTT: string;
  /** The file doesn't say in which charset it is written: the service finds out by the language, this page can't. */
  isGuessed: boolean;
}

export async function captionsOfFile(file: File): Promise<CaptionText> {
  const { text, isGuessed } = decoded(new Uint8Array(await file.arrayBuffer()));
  const cues = cuesOf(text);
  return { cues, webVTT: asWebVTT(cues), isGuessed };
}

/** Raises a ProblemError for a show without a stream: only its playback lets anybody read them. */
export async function captionsOfShow(showId: string, language: string): Promise<CaptionText> {
  const playback = await playbackOf(showId);
  const address = playback.captions.find((caption) => caption.language === language)?.url;
  if (!address) return { cues: [], webVTT: '', isGuessed: false };
  const answer = await fetchBeside(address, playback);
  if (!answer.ok) throw new Error(`The captions answered ${answer.status}.`);
  const webVTT = await answer.text();
  return { cues: cuesOf(webVTT), webVTT, isGuessed: false };
}

function decoded(bytes: Uint8Array<ArrayBuffer>): { text: string; isGuessed: boolean } {
  for (const charset of [utf16Of(bytes), 'utf-8']) {
    try {
      if (charset) return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), isGuessed: false };
    } catch {
      continue;
    }
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), isGuessed: true };
}

function utf16Of([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

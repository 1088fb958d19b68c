/** The captions of a show beside its stream: they go before the stream's own, which an editor can't correct. */
import type shaka from 'shaka-player/dist/shaka-player.ui-es2021';
import { preferences } from '../preferences/preferences';
import type { SourceCaptions } from './engine';

/** Before the player chooses from them: the stream's own of a language that the show has are not offered. */
export function preferCaptions(player: shaka.Player, captions: SourceCaptions[]): void {
  const manifest = player.getManifest();
  const languages = new Set(captions.map(({ language }) => language));
  if (manifest)
    manifest.textStreams = manifest.textStreams.filter(
      (stream) => stream.forced || !languages.has(stream.language),
    );
}

/** Offers them, and shows what is chosen or what the viewer prefers. One that can't be had is left out. */
export async function addCaptions(player: shaka.Player, captions: SourceCaptions[]): Promise<void> {
  let chosen: shaka.extern.TextTrack | undefined;
  for (const { language, label, url, isChosen } of captions) {
    const added = await player
      .addTextTrackAsync(url, language, 'subtitles', 'text/vtt', undefined, label)
      .catch(() => undefined);
    if (isChosen) chosen = added;
  }
  const wanted = preferences().captionLanguage;
  const track =
    chosen ??
    player.getTextTracks().find(({ language, forced }) => !forced && language.split('-')[0] === wanted);
  if (track) player.selectTextTrack(track);
}

/** How Shaka is set: its controls, its streaming, its names in our language. */
import type shaka from 'shaka-player/dist/shaka-player.ui-es2021';
import { type CaptionSize, preferences } from '../preferences/preferences';

const CAPTION_SCALE: Record<CaptionSize, number> = { small: 0.8, medium: 1, large: 1.5 };
/** Mid-range until the line has been measured: 480p comes up at once on most lines. */
const FIRST_GUESS_BITS_PER_SECOND = 2_500_000;

export function controlSettings(embedded = false) {
  const ownKeys = preferences().singleKeys && !embedded;
  return {
    // Its title would be an empty heading: ours stands there.
    topControlPanelElements: [],
    controlPanelElements: [
      'play_pause',
      'mute_volume',
      'time_and_duration',
      'spacer',
      'captions',
      'overflow_menu',
      'picture_in_picture',
      'fullscreen',
    ],
    overflowMenuButtons: ['quality', 'language', 'captions', 'playback_rate', 'statistics'],
    contextMenuElements: ['statistics'],
    seekBarColors: {
      base: 'rgb(245 241 234 / 0.25)',
      buffered: 'rgb(245 241 234 / 0.45)',
      played: 'rgb(255 176 112)',
    },
    enableKeyboardPlaybackControls: ownKeys,
    enableKeyboardPlaybackControlsInWindow: ownKeys,
    keyboardSeekDistance: 10,
    doubleClickForFullscreen: true,
    seekOnTaps: matchMedia('(pointer: coarse)').matches,
    // Casting would fetch a script from another origin.
    castReceiverAppId: '',
  };
}

export function streamSettings(onTrouble: (error: shaka.util.Error) => void) {
  return {
    abr: { enabled: true, defaultBandwidthEstimate: FIRST_GUESS_BITS_PER_SECOND },
    streaming: {
      bufferingGoal: 30,
      rebufferingGoal: 1,
      bufferBehind: 60,
      // A rendition that failed is left alone for so long: short, because most often the line failed, and with it all.
      maxDisabledTime: 5,
      failureCallback: onTrouble,
    },
    manifest: { retryParameters: { maxAttempts: 3 } },
    textDisplayer: { fontScaleFactor: CAPTION_SCALE[preferences().captionSize] },
    mediaSource: {
      // Older MPEG-TS streams are repackaged by a worker, which a strict policy allows from our own address only.
      transmuxWorkerUrl: new URL('shaka-player/dist/shaka-player.transmuxer-worker.js', import.meta.url).href,
    },
  };
}

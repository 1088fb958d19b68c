/** The engine that plays both HLS and DASH: Shaka Player, with its own controls in our clothes. */
import 'shaka-player/dist/controls.modern.css';
import shaka from 'shaka-player/dist/shaka-player.ui-es2021';
import { currentLanguage } from '../language/language';
import { makeControlsAccessible } from './accessibleControls';
import { addCaptions, preferCaptions } from './captions';
import type { Engine, EngineEvents, Source, StreamFormat } from './engine';
import {
  type EngineError,
  endsPlayback,
  failureOf,
  isConnectionTrouble,
  isEngineError,
  isInterruption,
} from './failures';
import { GrantRenewal } from './grantRenewal';
import { controlSettings, streamSettings } from './shakaSettings';
import { makeStage } from './stage';

export interface EngineOptions {
  host: HTMLElement;
  title: string;
  posterURL: string | null;
  /** Tried first; the other one stands in where the first can't be loaded. */
  format: StreamFormat;
  /** Asks the API for addresses with a fresh grant. */
  fetchSource: () => Promise<Source>;
  seekValue: (at: string, of: string) => string;
  /** Stands in a page that has keys of its own. */
  embedded?: boolean;
}

const TRY_AGAIN_MILLISECONDS = 3000;
const MIME_TYPES = { hls: 'application/x-mpegurl', dash: 'application/dash+xml' };

let polyfilled = false;

export class ShakaEngine implements Engine {
  readonly video: HTMLVideoElement;
  readonly #container: HTMLElement;
  /** For whoever looks inside: tracks, measurements. */
  readonly player = new shaka.Player();
  readonly #overlay: shaka.ui.Overlay;
  readonly #grants: GrantRenewal;
  readonly #cleanUps: (() => void)[] = [];
  #captions: Source['captions'] = [];
  #retry = 0;
  #inTrouble = false;
  #failed = false;
  #destroyed = false;

  constructor(
    private readonly options: EngineOptions,
    private readonly events: EngineEvents,
  ) {
    if (!polyfilled) shaka.polyfill.installAll();
    polyfilled = true;
    this.#grants = new GrantRenewal(options.fetchSource, (failure) => this.#fail(failure));
    const { container, video } = makeStage(options);
    this.video = video;
    this.#container = container;
    this.#overlay = new shaka.ui.Overlay(this.player, container, video);
    this.#overlay.configure(controlSettings(options.embedded));
    this.player.configure(streamSettings((error) => this.#onTrouble(error)));
    this.player.addEventListener('error', (event) =>
      this.#onReport((event as unknown as { detail: unknown }).detail),
    );
    this.player.getNetworkingEngine()?.registerRequestFilter((_type, request) => {
      request.uris = request.uris.map((address) => this.#grants.apply(address));
      request.allowCrossSiteCredentials = request.uris.some((address) => this.#grants.takesCookies(address));
    });
    this.player.addEventListener('streaming', () => preferCaptions(this.player, this.#captions));
    this.#dressControls();
    this.#listen();
  }

  async load(startSeconds: number): Promise<void> {
    try {
      if (!shaka.Player.isBrowserSupported()) {
        this.events.onFailure({ reason: 'unsupported', code: 'no-mse' });
        return;
      }
      const source = await this.options.fetchSource();
      await this.player.attach(this.video);
      this.#grants.keep(source);
      this.#captions = source.captions;
      await this.#loadEither(source, startSeconds);
      void this.#addPictures(source);
      void addCaptions(this.player, this.#captions);
      await this.video.play().catch(() => this.events.onBlocked());
    } catch (error) {
      if (!this.#destroyed && (!isEngineError(error) || endsPlayback(error, this.video.readyState > 0)))
        this.#fail(failureOf(error));
    }
  }

  seek(seconds: number): void {
    this.video.currentTime = seconds;
  }

  play(): void {
    void this.video.play().catch(() => this.events.onBlocked());
  }

  isPaused(): boolean {
    return this.video.paused;
  }

  showControls(): void {
    this.#overlay.getControls()?.showUI();
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    this.#grants.stop();
    clearTimeout(this.#retry);
    this.#cleanUps.forEach((cleanUp) => cleanUp());
    await this.#overlay.destroy();
    this.#container.remove();
  }

  async #loadEither(source: Source, startSeconds: number): Promise<void> {
    const addresses = { hls: source.hlsURL, dash: source.dashURL };
    const other = this.options.format === 'hls' ? 'dash' : 'hls';
    const formats = ([this.options.format, other] as const).filter((format) => addresses[format]);
    for (const [place, format] of formats.entries()) {
      const address = addresses[format];
      try {
        if (address) await this.player.load(address, startSeconds, MIME_TYPES[format]);
        return;
      } catch (error) {
        const last = place === formats.length - 1;
        if (last || !isEngineError(error) || isInterruption(error) || isConnectionTrouble(error)) throw error;
      }
    }
    this.#fail({ reason: 'nothingToPlay', code: '' });
  }

  async #addPictures({ storyboardURL }: Source): Promise<void> {
    if (!storyboardURL || this.player.getImageTracks().length > 0) return;
    // Playing without pictures on the seek bar is still playing.
    await this.player.addThumbnailsTrack(storyboardURL, 'text/vtt').catch(() => undefined);
  }

  /** A request failed while playing. Whatever it was, a fresh grant tells: gone, signed out, or try again. */
  #onTrouble(error: EngineError): void {
    if (this.#destroyed || isInterruption(error)) return;
    if (!isConnectionTrouble(error)) {
      this.#fail(failureOf(error));
      return;
    }
    this.#inTrouble = true;
    this.events.onReconnecting();
    clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => void this.#comeBack(), TRY_AGAIN_MILLISECONDS);
  }

  async #comeBack(): Promise<void> {
    clearTimeout(this.#retry);
    const answered = await this.#grants.renew();
    if (this.#failed || this.#destroyed) return;
    if (!answered) {
      this.#retry = window.setTimeout(() => void this.#comeBack(), TRY_AGAIN_MILLISECONDS);
      return;
    }
    this.#inTrouble = false;
    this.player.retryStreaming(0.1);
    // A picture that never stood still reports no new beginning.
    if (!this.video.paused && this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
      this.events.onPlaying();
  }

  /** What the engine says of itself while it plays. */
  #onReport(error: unknown): void {
    if (this.#destroyed) return;
    if (!isEngineError(error)) {
      // A slip within the engine (5.2: an index that a switch has closed meanwhile); its streams go on without it.
      console.warn('The player reports', error);
      return;
    }
    if (endsPlayback(error, this.video.readyState > 0)) this.#fail(failureOf(error));
  }

  #fail(failure: ReturnType<typeof failureOf>): void {
    this.#grants.stop();
    clearTimeout(this.#retry);
    this.#failed = true;
    this.video.pause();
    this.events.onFailure(failure);
  }

  #dressControls(): void {
    const controls = this.#overlay.getControls();
    if (!controls) return;
    controls.getLocalization()?.changeLocale([currentLanguage()]);
    controls.getMediaSession()?.setupTitle(this.options.title);
    if (this.options.posterURL) controls.getMediaSession()?.setupPoster(this.options.posterURL);
    this.#cleanUps.push(
      makeControlsAccessible(this.#container, controls, this.video, this.options.seekValue),
    );
  }

  #listen(): void {
    const on = (target: EventTarget, name: string, listener: () => void) => {
      target.addEventListener(name, listener);
      this.#cleanUps.push(() => target.removeEventListener(name, listener));
    };
    on(this.video, 'playing', this.events.onPlaying);
    on(this.video, 'timeupdate', () => this.events.onPosition(this.video.currentTime, this.video.duration));
    on(this.video, 'pause', this.events.onRest);
    on(this.video, 'seeked', this.events.onRest);
    on(this.video, 'ended', this.events.onEnded);
    on(window, 'online', () => {
      if (this.#inTrouble) void this.#comeBack();
    });
  }
}

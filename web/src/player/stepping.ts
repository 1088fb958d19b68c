/** Frame by frame, in steps of seconds, faster and slower. */
import type { ShakaEngine } from './shakaEngine';

/** Where a stream doesn't say, most films have about as many. */
const USUAL_FRAME_RATE = 25;

export function stepFrames({ player, video }: ShakaEngine, frames: number): void {
  const rate = player.getVariantTracks().find((track) => track.active)?.frameRate;
  video.pause();
  stepSeconds(video, frames / (rate ?? USUAL_FRAME_RATE));
}

export function stepSeconds(video: HTMLVideoElement, seconds: number): void {
  const end = Number.isFinite(video.duration) ? video.duration : Infinity;
  video.currentTime = Math.min(end, Math.max(0, video.currentTime + seconds));
}

export function setSpeed(video: HTMLVideoElement, rate: number): void {
  video.playbackRate = rate;
}

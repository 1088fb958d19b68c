/** What the engine does, looked at twice a second: what it plays, what the line carries, what lies in the buffer. */
import { useEffect, useState } from 'react';
import type { ShakaEngine } from '../../player/shakaEngine';

const EVERY_MILLISECONDS = 500;
/** Two minutes are what somebody can take in at a glance. */
const MOST_SAMPLES = 240;

export interface Sample {
  /** Seconds since the first one. */
  at: number;
  playedBits: number;
  lineBits: number;
  bufferSeconds: number;
}

export interface Switch {
  at: number;
  bits: number;
  height: number | null;
  byItself: boolean;
}

export interface Variant {
  id: number;
  height: number | null;
  width: number | null;
  bits: number;
  codecs: string;
  frameRate: number | null;
  language: string;
  active: boolean;
}

export interface Measurements {
  samples: Sample[];
  switches: Switch[];
  variants: Variant[];
  droppedFrames: number;
  stalls: number;
  startSeconds: number | null;
}

const NOTHING: Measurements = {
  samples: [],
  switches: [],
  variants: [],
  droppedFrames: 0,
  stalls: 0,
  startSeconds: null,
};

export function useMeasurements(engine: ShakaEngine | null): Measurements {
  const [measured, setMeasured] = useState<{ of: ShakaEngine | null; what: Measurements }>({
    of: null,
    what: NOTHING,
  });
  useEffect(() => {
    if (!engine) return;
    const began = Date.now() / 1000;
    let samples: Sample[] = [];
    const look = () => {
      const what = measure(engine, began, samples);
      samples = what.samples;
      setMeasured({ of: engine, what });
    };
    const timer = setInterval(look, EVERY_MILLISECONDS);
    return () => clearInterval(timer);
  }, [engine]);
  // Another stream begins with a clean sheet.
  return measured.of === engine ? measured.what : NOTHING;
}

function measure({ player, video }: ShakaEngine, began: number, before: Sample[]): Measurements {
  const stats = player.getStats();
  const variants = player.getVariantTracks();
  const sample = {
    at: Date.now() / 1000 - began,
    playedBits: orNothing(stats.streamBandwidth),
    lineBits: orNothing(stats.estimatedBandwidth),
    bufferSeconds: bufferAhead(video),
  };
  return {
    samples: sample.playedBits > 0 ? [...before, sample].slice(-MOST_SAMPLES) : before,
    switches: stats.switchHistory
      .filter((choice) => choice.type === 'variant')
      .map((choice) => ({
        at: Math.max(0, choice.timestamp - began),
        bits: choice.bandwidth ?? 0,
        height: variants.find((track) => track.id === choice.id)?.height ?? null,
        byItself: choice.fromAdaptation,
      })),
    variants: variants
      .map((track) => ({
        id: track.id,
        height: track.height,
        width: track.width,
        bits: track.bandwidth,
        codecs: track.codecs ?? '',
        frameRate: track.frameRate,
        language: track.language,
        active: track.active,
      }))
      .toSorted((one, other) => other.bits - one.bits),
    droppedFrames: orNothing(stats.droppedFrames),
    stalls: orNothing(stats.stallsDetected),
    startSeconds: Number.isFinite(stats.loadLatency) ? stats.loadLatency : null,
  };
}

/** Before anything plays the engine answers NaN. */
function orNothing(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function bufferAhead(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  for (let place = 0; place < buffered.length; place += 1)
    if (buffered.start(place) <= currentTime + 0.1 && buffered.end(place) > currentTime)
      return buffered.end(place) - currentTime;
  return 0;
}

/** Plays this variant and no other; null lets the engine choose again. */
export function chooseVariant({ player }: ShakaEngine, id: number | null): void {
  player.configure('abr.enabled', id === null);
  const track = player.getVariantTracks().find((each) => each.id === id);
  if (track) player.selectVariantTrack(track, true);
}

/** The film itself: the player, what steers it, its pictures in a row and where something was found. */
import { ActionIcon, NativeSelect } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
  IconSparkles,
} from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import type { Show } from '../../api/types';
import { clock } from '../../language/format';
import { Monitor } from '../../player/Monitor';
import { useWords } from '../words';
import { Filmstrip } from './Filmstrip';
import { FindingsTrack } from './FindingsTrack';
import { type FoundBy, startOf } from './findings';
import { playbackOf } from '../shows/playback';
import styles from './Screen.module.css';
import { type Bench, SPEEDS } from './useBench';
import { reviewWords } from './words';

const STEP_SECONDS = 10;

export function Screen({ show, bench, findings }: { show: Show; bench: Bench; findings: FoundBy[] }) {
  const fetchSource = useCallback(() => playbackOf(show.id), [show.id]);
  const duration = show.durationSeconds ?? bench.state.durationSeconds;
  return (
    <div className={styles.screen}>
      <Monitor
        title={show.title}
        posterURL={show.posterURL}
        format="hls"
        fetchSource={fetchSource}
        onEngine={bench.setEngine}
      />
      <Transport bench={bench} hasFindings={findings.some((found) => startOf(found) >= 0)} />
      <div className={styles.strips}>
        <Filmstrip showId={show.id} seconds={bench.state.seconds} onJump={bench.jump} />
        {duration > 0 && (
          <FindingsTrack
            findings={findings}
            durationSeconds={duration}
            seconds={bench.state.seconds}
            onJump={bench.jump}
          />
        )}
      </div>
    </div>
  );
}

function Transport({ bench, hasFindings }: { bench: Bench; hasFindings: boolean }) {
  const words = useWords(reviewWords);
  const { state } = bench;
  return (
    <div className={styles.transport}>
      <Knob label={words.back10} sign="J" onPress={() => bench.skip(-STEP_SECONDS)}>
        <IconRewindBackward10 size={20} />
      </Knob>
      <Knob label={words.frameBack} sign="," onPress={() => bench.step(-1)}>
        <IconChevronLeft size={20} />
      </Knob>
      <Knob label={state.paused ? words.play : words.pause} sign="K" onPress={bench.turn}>
        {state.paused ? <IconPlayerPlayFilled size={20} /> : <IconPlayerPauseFilled size={20} />}
      </Knob>
      <Knob label={words.frameOn} sign="." onPress={() => bench.step(1)}>
        <IconChevronRight size={20} />
      </Knob>
      <Knob label={words.on10} sign="L" onPress={() => bench.skip(STEP_SECONDS)}>
        <IconRewindForward10 size={20} />
      </Knob>
      <output className={styles.time}>
        {exactClock(state.seconds)} / {clock(state.durationSeconds)}
      </output>
      <span className={styles.room} />
      {hasFindings && (
        <>
          <Knob label={words.previousFinding} sign="[" onPress={() => bench.toFinding(-1)}>
            <IconChevronLeft size={16} />
            <IconSparkles size={16} />
          </Knob>
          <Knob label={words.nextFinding} sign="]" onPress={() => bench.toFinding(1)}>
            <IconSparkles size={16} />
            <IconChevronRight size={16} />
          </Knob>
        </>
      )}
      <NativeSelect
        className={styles.speed ?? ''}
        aria-label={words.speed}
        value={String(state.rate)}
        data={SPEEDS.map((rate) => ({ value: String(rate), label: `${rate} ×` }))}
        onChange={(event) => bench.setSpeed(Number(event.currentTarget.value))}
      />
    </div>
  );
}

interface KnobProps {
  label: string;
  /** The key that does the same. */
  sign: string;
  onPress: () => void;
  children: ReactNode;
}

function Knob({ label, sign, onPress, children }: KnobProps) {
  return (
    <ActionIcon
      variant="default"
      size={40}
      aria-label={label}
      aria-keyshortcuts={sign}
      title={`${label} (${sign})`}
      onClick={onPress}
    >
      {children}
    </ActionIcon>
  );
}

/** With hundredths: a frame is a few of them. */
function exactClock(seconds: number): string {
  const hundredths = Math.floor((seconds % 1) * 100);
  return `${clock(seconds)}.${String(hundredths).padStart(2, '0')}`;
}

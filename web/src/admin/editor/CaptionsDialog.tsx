/** Captions over the film, and their text beside it: choosing a line goes to where it is said. */
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Show } from '../../api/types';
import { clock } from '../../language/format';
import { Monitor } from '../../player/Monitor';
import type { ShakaEngine } from '../../player/shakaEngine';
import { useVideo } from '../../player/useVideo';
import { Dialog } from '../kit/Dialog';
import { Loaded } from '../kit/Loaded';
import { playbackOf } from '../shows/playback';
import { useWords } from '../words';
import styles from './CaptionsDialog.module.css';
import type { CaptionText } from './captionText';
import type { Cue } from './cues';
import { editorWords } from './words';

export interface ShownCaptions {
  name: string;
  /** Empty where it has not been said yet. */
  language: string;
  /** Tells these captions from all others of the show. */
  key: string;
  read: () => Promise<CaptionText>;
}

interface CaptionsDialogProps {
  show: Show;
  /** Without one there is the text alone. */
  hasFilm: boolean;
  captions: ShownCaptions;
  onClose: () => void;
}

// A video's clock has millionths of a second, and rounds them down: to be within the cue, not just before it.
const WITHIN_SECONDS = 0.001;

export function CaptionsDialog({ show, hasFilm, captions, onClose }: CaptionsDialogProps) {
  const words = useWords(editorWords);
  const query = useQuery({
    queryKey: ['mine', 'captions', show.id, captions.key],
    queryFn: captions.read,
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Dialog size={hasFilm ? '72rem' : '40rem'} title={words.captionsNamed(captions.name)} onClose={onClose}>
      <Loaded query={query}>
        {(text) => <Reading show={show} hasFilm={hasFilm} captions={captions} text={text} />}
      </Loaded>
    </Dialog>
  );
}

interface ReadingProps {
  show: Show;
  hasFilm: boolean;
  captions: ShownCaptions;
  text: CaptionText;
}

function Reading({ show, hasFilm, captions, text }: ReadingProps) {
  const words = useWords(editorWords);
  const [engine, setEngine] = useState<ShakaEngine | null>(null);
  const { language, name } = captions;
  const { webVTT } = text;
  const fetchSource = useCallback(async () => {
    // Within the address: the policy of the page lets the player fetch from the service alone.
    const url = `data:text/vtt;charset=utf-8,${encodeURIComponent(webVTT)}`;
    const shown = { language: language || 'und', label: name, url, isChosen: true };
    return { ...(await playbackOf(show.id)), captions: [shown] };
  }, [show.id, language, name, webVTT]);
  return (
    <div className={hasFilm ? styles.both : undefined}>
      {hasFilm && (
        <Monitor
          title={show.title}
          posterURL={show.posterURL}
          format="hls"
          fetchSource={fetchSource}
          onEngine={setEngine}
        />
      )}
      <div className={styles.side}>
        {!hasFilm && <p className={styles.dim}>{words.captionsWithoutFilm}</p>}
        {text.isGuessed && <p className={styles.dim}>{words.captionsGuessed}</p>}
        {text.cues.length === 0 && <p>{words.noCues}</p>}
        <Lines cues={text.cues} language={language} engine={engine} />
      </div>
    </div>
  );
}

interface LinesProps {
  cues: Cue[];
  language: string;
  /** Null without a film, and until there is one. */
  engine: ShakaEngine | null;
}

function Lines({ cues, language, engine }: LinesProps) {
  const words = useWords(editorWords);
  const list = useRef<HTMLOListElement>(null);
  const { seconds } = useVideo(engine?.video ?? null);
  const said = cues.findLastIndex((cue) => cue.startSeconds <= seconds && seconds < cue.endSeconds);
  useFollowing(list, said);
  return (
    // A long text scrolls in here, and a keyboard must be able to, by its buttons or without any.
    <ol ref={list} className={styles.lines} aria-label={words.captionsText} {...(!engine && { tabIndex: 0 })}>
      {cues.map((cue, place) => (
        <li key={place} className={styles.line} aria-current={place === said || undefined}>
          {engine ? (
            <button
              type="button"
              className={styles.go}
              onClick={() => engine.seek(cue.startSeconds + WITHIN_SECONDS)}
            >
              <Line cue={cue} language={language} />
            </button>
          ) : (
            <div className={styles.go}>
              <Line cue={cue} language={language} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Line({ cue, language }: { cue: Cue; language: string }) {
  return (
    <>
      <span className={styles.time}>{clock(cue.startSeconds)}</span>{' '}
      <span className={styles.words} dir="auto" lang={language || undefined}>
        {cue.text}
      </span>
    </>
  );
}

/** Keeps what is being said in sight, but not under the hands of somebody who reads elsewhere. */
function useFollowing(list: RefObject<HTMLOListElement | null>, said: number): void {
  useEffect(() => {
    const frame = list.current;
    const line = frame?.children[said];
    if (!frame || !(line instanceof HTMLElement) || frame.matches(':hover, :focus-within')) return;
    frame.scrollTo({ top: line.offsetTop - (frame.clientHeight - line.offsetHeight) / 2 });
  }, [list, said]);
}

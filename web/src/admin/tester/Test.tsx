/** One test: the stream plays on the one side, and what the server found of it stands on the other. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Show } from '../../api/types';
import type { Source } from '../../player/engine';
import { Monitor } from '../../player/Monitor';
import type { ShakaEngine } from '../../player/shakaEngine';
import { useWords } from '../words';
import { formatOf, hurdleBefore, hurdleBehind } from './hurdles';
import { LivePanel } from './LivePanel';
import { useMeasurements } from './measuring';
import { playbackOf } from '../shows/playback';
import { reportOn } from './queries';
import { ReportPanel } from './ReportPanel';
import styles from './TesterPage.module.css';
import { VariantsPanel } from './VariantsPanel';
import { testerWords } from './words';

interface TestProps {
  address: string;
  /** Empty: found out. */
  format: string;
  /** Whose stream it is, where it is one of ours. */
  show: Show | null;
  run: number;
}

const DAY_MILLISECONDS = 86_400_000;

export function Test({ address, format, show, run }: TestProps) {
  const words = useWords(testerWords);
  const report = useQuery(reportOn(address, run));
  const [engine, setEngine] = useState<ShakaEngine | null>(null);
  const measured = useMeasurements(engine);
  const hurdle = show ? null : hurdleBefore(address, location);
  // Where the address tells nothing, what the server found does: the player waits for it.
  const isKnown =
    format !== '' || /\.(m3u8|mpd)$/.test(URL.parse(address)?.pathname ?? '') || !report.isPending;
  const kind = formatOf(address, format || report.data?.kind);
  return (
    <div className={styles.test}>
      <div className={styles.column}>
        {hurdle ? (
          <p className={styles.hurdle} role="status">
            {words.hurdle[hurdle]}
          </p>
        ) : (
          <>
            {isKnown && (
              <Monitor
                title={show?.title ?? address}
                posterURL={null}
                format={kind}
                fetchSource={() => sourceOf(address, kind, show)}
                onEngine={setEngine}
                explain={(failure) => {
                  const behind = show ? null : hurdleBehind(failure, address, location);
                  return behind && words.hurdle[behind];
                }}
              />
            )}
            <LivePanel measured={measured} />
            <VariantsPanel key={String(engine === null)} engine={engine} variants={measured.variants} />
          </>
        )}
      </div>
      <ReportPanel query={report} measured={measured} />
    </div>
  );
}

async function sourceOf(address: string, kind: 'hls' | 'dash', show: Show | null): Promise<Source> {
  if (show) {
    const playback = await playbackOf(show.id);
    return kind === 'dash' ? { ...playback, hlsURL: null } : { ...playback, dashURL: null };
  }
  return {
    hlsURL: kind === 'hls' ? address : null,
    dashURL: kind === 'dash' ? address : null,
    storyboardURL: null,
    captions: [],
    cookieOrigin: null,
    expiresAt: new Date(Date.now() + DAY_MILLISECONDS).toISOString(),
  };
}

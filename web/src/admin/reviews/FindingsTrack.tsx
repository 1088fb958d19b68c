/** Where in the film something was found, a line a label; the list beside it says the same in words. */
import { clock } from '../../language/format';
import { useWords } from '../words';
import { findingWords, sayLabel } from './findingWords';
import { type FoundBy, lanesOf, startOf } from './findings';
import styles from './FindingsTrack.module.css';
import { reviewWords } from './words';

interface FindingsTrackProps {
  findings: FoundBy[];
  durationSeconds: number;
  seconds: number;
  onJump: (seconds: number) => void;
}

export function FindingsTrack({ findings, durationSeconds, seconds, onJump }: FindingsTrackProps) {
  const labels = useWords(findingWords);
  const lanes = lanesOf(findings);
  if (lanes.length === 0) return null;
  const share = (at: number) => `${Math.min(100, (100 * at) / durationSeconds)}%`;
  return (
    // Everything in here is in the list of findings as well, where a keyboard and a screen reader find it.
    <div className={styles.lanes} aria-hidden="true">
      {lanes.map(([label, found]) => (
        <div key={label} className={styles.lane}>
          <span className={styles.label}>{sayLabel(label, labels)}</span>
          <div className={styles.line}>
            {found.map((each) => (
              <Mark key={each.key} found={each} share={share} onJump={onJump} />
            ))}
            <span className={styles.head} style={{ insetInlineStart: share(seconds) }} />
          </div>
        </div>
      ))}
    </div>
  );
}

interface MarkProps {
  found: FoundBy;
  share: (at: number) => string;
  onJump: (seconds: number) => void;
}

function Mark({ found, share, onJump }: MarkProps) {
  const words = useWords(reviewWords);
  const labels = useWords(findingWords);
  const start = startOf(found);
  const end = found.finding.endSeconds ?? start;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.mark}
      title={words.findingAt(sayLabel(found.finding.label, labels), clock(start))}
      style={{
        insetInlineStart: share(start),
        inlineSize: share(Math.max(0, end - start)),
        opacity: 0.45 + 0.55 * (found.finding.score ?? 1),
      }}
      onClick={() => onJump(start)}
    />
  );
}

/** What was found, as a list to jump from. */
import { UnstyledButton } from '@mantine/core';
import { clock, facts } from '../../language/format';
import { useLanguage } from '../../language/language';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import { FindingFrame } from './FindingFrame';
import { findingWords, sayLabel } from './findingWords';
import { sayNote } from './findingNotes';
import { type FoundBy, startOf } from './findings';
import styles from './FindingsPanel.module.css';
import { LookAgain } from './LookAgain';
import { reviewWords } from './words';

interface FindingsPanelProps {
  showId: string;
  findings: FoundBy[];
  onJump: (seconds: number) => void;
}

export function FindingsPanel({ showId, findings, onJump }: FindingsPanelProps) {
  const words = useWords(reviewWords);
  const labels = useWords(findingWords);
  const language = useLanguage();
  return (
    <Panel title={words.findings} aside={<LookAgain showId={showId} />}>
      {findings.length === 0 ? (
        <p className={styles.quiet}>{words.findingsNone}</p>
      ) : (
        <ul className={styles.list}>
          {findings.map((found) => (
            <li key={found.key} className={styles.row}>
              {found.finding.frameURL ? (
                <FindingFrame showId={showId} atSeconds={frameSecond(found)} />
              ) : (
                <WholeFilm />
              )}
              {found.finding.frameURL && <Moment found={found} onJump={onJump} />}
              <span className={styles.what}>
                <strong>{sayLabel(found.finding.label, labels)}</strong>
                <span>{sayNote(found.finding, language)}</span>
                <span className={styles.sure}>
                  {facts(
                    typeof found.finding.score === 'number' &&
                      words.sure(Math.round(found.finding.score * 100)),
                    found.by,
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** No moment and no picture: in their place. */
function WholeFilm() {
  const words = useWords(reviewWords);
  return <span className={styles.whole}>{words.wholeFilm}</span>;
}

/** The middle of it, as the API has it. */
function frameSecond(found: FoundBy): number {
  const at = new URL(found.finding.frameURL ?? '', location.origin).searchParams.get('atSeconds');
  return Number(at);
}

function Moment({ found, onJump }: { found: FoundBy; onJump: (seconds: number) => void }) {
  const words = useWords(reviewWords);
  const labels = useWords(findingWords);
  const start = startOf(found);
  const end = found.finding.endSeconds;
  const stretch =
    typeof end === 'number' && clock(end) !== clock(start) ? `${clock(start)}–${clock(end)}` : clock(start);
  return (
    <UnstyledButton
      className={`${styles.moment} ${styles.jump}`}
      aria-label={words.findingAt(sayLabel(found.finding.label, labels), stretch)}
      onClick={() => onJump(start)}
    >
      {stretch}
    </UnstyledButton>
  );
}

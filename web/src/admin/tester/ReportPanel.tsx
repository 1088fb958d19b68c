/** What the server found: whether it plays, each fault with what to do about it, each track with its numbers. */
import { Button, Loader } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { StreamFault, StreamReport } from '../../api/types';
import { problemWords } from '../../forms/problemWords';
import { useLanguage, useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Badge, type Tone } from '../kit/Badge';
import { Panel } from '../kit/Panel';
import { sayBytes } from '../kit/sizes';
import { useWords } from '../words';
import { copyText } from '../kit/copyText';
import { faultNames } from './faultNames';
import { faultRemedies } from './faultRemedies';
import { sayFound } from './foundWords';
import type { Measurements } from './measuring';
import { type FaultGroup, grouped, sayPlaces } from './places';
import styles from './ReportPanel.module.css';
import { TracksTable } from './TracksTable';
import { testerWords } from './words';

interface ReportPanelProps {
  query: UseQueryResult<StreamReport>;
  measured: Measurements;
}

export function ReportPanel({ query, measured }: ReportPanelProps) {
  const words = useWords(testerWords);
  const messages = useMessages();
  const report = query.data;
  const copy = () =>
    copyText(JSON.stringify({ report, playback: measured }, null, 2), words.copied, words.copyFailed);
  return (
    <Panel
      title={words.report}
      aside={
        report && (
          <Button size="compact-sm" variant="subtle" leftSection={<IconCopy size={16} />} onClick={copy}>
            {words.copyJson}
          </Button>
        )
      }
    >
      {query.error && (
        <FaultNotice
          words={problemWords(query.error, messages)}
          again={{ label: messages.tryAgain, run: () => void query.refetch() }}
        />
      )}
      {query.isPending && (
        <p className={styles.looking} role="status">
          <Loader size="sm" /> {words.looking}
        </p>
      )}
      {report && <Report report={report} />}
    </Panel>
  );
}

function Report({ report }: { report: StreamReport }) {
  const words = useWords(testerWords);
  const names = useWords(faultNames);
  const language = useLanguage();
  const seconds = (value: number) =>
    `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)} ${words.seconds}`;
  const facts: [name: string, value: string][] = [
    [words.format, report.kind?.toUpperCase() ?? '–'],
    [words.requests, String(report.requests)],
    [words.received, sayBytes(report.receivedBytes, language)],
    [words.took, seconds(report.seconds)],
    [words.slowest, seconds(report.slowestSeconds)],
  ];
  return (
    <div className={styles.report}>
      <p role="status">
        <Badge tone={report.passed ? 'good' : 'bad'}>{verdictOf(report, words)}</Badge>
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-label={words.faults}>
        <h3 className={styles.small}>{words.faults}</h3>
        {report.faults.length === 0 ? (
          <p className={styles.quiet}>{words.noFaults}</p>
        ) : (
          <ul className={styles.faults}>
            {grouped(report.faults).map((group) => (
              <Fault key={`${group.fault.code} ${group.fault.detail}`} group={group} />
            ))}
          </ul>
        )}
        {report.leftOut.map(({ code, count }) => (
          <p key={code} className={styles.quiet}>
            {words.leftOut(count, names[code])}
          </p>
        ))}
      </section>
      {report.tracks.length > 0 && <TracksTable tracks={report.tracks} />}
    </div>
  );
}

const TONES: Record<StreamFault['severity'], Tone> = { error: 'bad', warning: 'waiting', note: 'quiet' };

/** Where nothing was found to play it is not only that some of it does not. */
function verdictOf(report: StreamReport, words: Record<'passed' | 'failed' | 'failedWhole', string>): string {
  if (report.passed) return words.passed;
  return report.tracks.length === 0 ? words.failedWhole : words.failed;
}

function Fault({ group: { fault, places } }: { group: FaultGroup }) {
  const words = useWords(testerWords);
  const names = useWords(faultNames);
  const remedy = useWords(faultRemedies)[fault.code];
  const language = useLanguage();
  return (
    <li className={styles.fault}>
      <div className={styles.head}>
        <Badge tone={TONES[fault.severity]}>{words.severity[fault.severity]}</Badge>
        <strong>{names[fault.code]}</strong>
        <span className={styles.quiet}>{sayPlaces(places, words)}</span>
      </div>
      <p>{sayFound(fault, words, language)}</p>
      {remedy && (
        <p className={styles.quiet}>
          {words.whatToDo}: {remedy}
        </p>
      )}
    </li>
  );
}

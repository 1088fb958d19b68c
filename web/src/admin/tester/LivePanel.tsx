/** Bitrate and buffer as they go, drawn or as a table, and each switch from one rendition to another. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language';
import { Panel } from '../kit/Panel';
import { kitWords } from '../kit/words';
import { useWords } from '../words';
import { LineChart } from './LineChart';
import styles from './LivePanel.module.css';
import type { Measurements, Sample } from './measuring';
import { sayBits } from './sayBits';
import { testerWords } from './words';

const TABLE_ROWS = 10;

export function LivePanel({ measured }: { measured: Measurements }) {
  const words = useWords(testerWords);
  const kit = useWords(kitWords);
  const [asTable, setAsTable] = useState(false);
  const { samples } = measured;
  return (
    <Panel
      title={words.live}
      aside={
        samples.length > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAsTable(!asTable)}>
            {asTable ? kit.asChart : kit.asTable}
          </Button>
        )
      }
    >
      {samples.length === 0 ? (
        <p className={styles.quiet}>{words.waiting}</p>
      ) : (
        <div className={styles.live}>
          <Facts measured={measured} />
          {asTable ? <SampleTable samples={samples} /> : <Charts measured={measured} />}
          <Switches measured={measured} />
        </div>
      )}
    </Panel>
  );
}

function useSeconds(): (value: number) => string {
  const words = useWords(testerWords);
  const tenths = new Intl.NumberFormat(useLanguage(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (value) => `${tenths.format(value)} ${words.seconds}`;
}

function Facts({ measured }: { measured: Measurements }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const last = measured.samples.at(-1);
  const seconds = useSeconds();
  const facts: [name: string, value: string][] = [
    [words.played, sayBits(last?.playedBits ?? 0, language)],
    [words.line, sayBits(last?.lineBits ?? 0, language)],
    [words.buffer, seconds(last?.bufferSeconds ?? 0)],
    [words.start, measured.startSeconds === null ? '–' : seconds(measured.startSeconds)],
    [words.dropped, String(measured.droppedFrames)],
    [words.stalls, String(measured.stalls)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Charts({ measured }: { measured: Measurements }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const { samples, switches } = measured;
  const times = samples.map((sample) => sample.at);
  return (
    <>
      <LineChart
        label={words.bitrate}
        times={times}
        lines={[
          { name: words.played, tone: 'main', values: samples.map((sample) => sample.playedBits) },
          { name: words.line, tone: 'quiet', values: samples.map((sample) => sample.lineBits) },
        ]}
        marks={switches.map((each) => each.at)}
        say={(value) => sayBits(value, language)}
      />
      <LineChart
        label={words.buffer}
        times={times}
        lines={[{ name: words.buffer, tone: 'main', values: samples.map((sample) => sample.bufferSeconds) }]}
        marks={[]}
        say={(value) => `${Math.round(value)} ${words.seconds}`}
      />
    </>
  );
}

function SampleTable({ samples }: { samples: Sample[] }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const seconds = useSeconds();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{words.live}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.played}</th>
          <th scope="col">{words.line}</th>
          <th scope="col">{words.buffer}</th>
        </tr>
      </thead>
      <tbody>
        {samples.slice(-TABLE_ROWS).map((sample) => (
          <tr key={sample.at}>
            <td>{seconds(sample.at)}</td>
            <td>{sayBits(sample.playedBits, language)}</td>
            <td>{sayBits(sample.lineBits, language)}</td>
            <td>{seconds(sample.bufferSeconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Switches({ measured }: { measured: Measurements }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const seconds = useSeconds();
  return (
    <section aria-label={words.switches}>
      <h3 className={styles.small}>{words.switches}</h3>
      {measured.switches.length === 0 ? (
        <p className={styles.quiet}>{words.noSwitches}</p>
      ) : (
        <ol className={styles.switches}>
          {measured.switches.map((each) => (
            <li key={each.at}>
              <span>{seconds(each.at)}</span>
              <span>{`${each.height ? `${each.height}p, ` : ''}${sayBits(each.bits, language)}`}</span>
              <span className={styles.quiet}>{each.byItself ? words.byItself : words.byHand}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

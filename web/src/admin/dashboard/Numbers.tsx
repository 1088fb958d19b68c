/** The library by state, how it grows, and how full the disk is. */
import { Progress } from '@mantine/core';
import type { Overview } from '../../api/types';
import { date } from '../../language/format';
import { useLanguage } from '../../language/language';
import { CountChart } from '../kit/CountChart';
import { Panel } from '../kit/Panel';
import { sayBytes } from '../kit/sizes';
import { showWords } from '../shows/words';
import { useWords } from '../words';
import styles from './DashboardPage.module.css';
import { dashboardWords } from './words';

export function Numbers({ told }: { told: Overview }) {
  const words = useWords(dashboardWords);
  const { states } = useWords(showWords);
  return (
    <div className={styles.numbers}>
      <Panel title={words.library}>
        <CountChart
          heads={[words.state, words.shows]}
          counts={(Object.keys(states) as (keyof typeof states)[]).map((state) => ({
            name: states[state],
            count: told.shows[state] ?? 0,
          }))}
        />
      </Panel>
      <Panel title={words.added}>
        <CountChart
          standing
          heads={[words.day, words.shows]}
          counts={told.added.map(({ day, shows }) => ({ name: date(`${day}T12:00:00Z`), count: shows }))}
        />
      </Panel>
      <Storage told={told} />
    </div>
  );
}

function Storage({ told: { disk, filmBytes } }: { told: Overview }) {
  const words = useWords(dashboardWords);
  const language = useLanguage();
  const used = disk ? disk.totalBytes - disk.freeBytes : 0;
  return (
    <Panel title={words.storage}>
      <p>
        <strong className={styles.what}>{sayBytes(filmBytes, language)}</strong>{' '}
        <span className={styles.when}>{words.films}</span>
      </p>
      {disk && (
        <>
          <Progress mt="md" mb="xs" value={(used / disk.totalBytes) * 100} aria-label={words.storage} />
          <p className={styles.when}>
            {words.disk(sayBytes(used, language), sayBytes(disk.totalBytes, language))}
          </p>
        </>
      )}
    </Panel>
  );
}

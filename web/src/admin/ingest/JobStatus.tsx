/** How a job stands: its state in a word, and while it runs what is done, how far and how long still. */
import { Progress } from '@mantine/core';
import { length } from '../../language/format';
import { useLanguage } from '../../language/language';
import type { Job } from '../../api/types';
import { Badge, type Tone } from '../kit/Badge';
import { sayPercent } from '../kit/sizes';
import { useWords } from '../words';
import styles from './JobStatus.module.css';
import { ingestWords } from './words';

const TONES: Record<Job['state'], Tone> = {
  queued: 'waiting',
  running: 'moving',
  completed: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

export function JobBadge({ job }: { job: Job }) {
  const words = useWords(ingestWords);
  return <Badge tone={TONES[job.state]}>{words.states[job.state]}</Badge>;
}

export function JobProgress({ job, wide = false }: { job: Job; wide?: boolean }) {
  const words = useWords(ingestWords);
  const language = useLanguage();
  if (job.state !== 'running') return null;
  const stages: Record<string, string> = words.stages;
  const speed =
    job.speed !== null &&
    words.speed(new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(job.speed));
  const said = [
    job.stage && (stages[job.stage] ?? job.stage),
    sayPercent(job.progress, language),
    wide && speed,
    job.secondsLeft !== null && words.left(length(job.secondsLeft)),
  ];
  return (
    <div className={styles.progress}>
      <Progress
        value={job.progress * 100}
        size={wide ? 'lg' : 'sm'}
        aria-label={`${words.progress}: ${job.title}`}
      />
      <span className={styles.said}>{said.filter(Boolean).join(' · ')}</span>
    </div>
  );
}

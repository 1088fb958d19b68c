/** One film on its way, as it goes: followed by the server's own events until it has ended. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import type { Job } from '../../api/types';
import { useLanguage } from '../../language/language';
import { Emptiness } from '../../ui/Notice';
import { BackLink } from '../kit/BackLink';
import { Loaded } from '../kit/Loaded';
import { PageHead } from '../kit/PageHead';
import { Panel } from '../kit/Panel';
import { sayBytes } from '../kit/sizes';
import { When } from '../kit/When';
import { useMay } from '../staff';
import { useWords } from '../words';
import { faultWordsOf } from '../shows/filmFaults';
import { JobButtons } from './JobButtons';
import styles from './JobsPage.module.css';
import { JobBadge, JobProgress } from './JobStatus';
import { logOf, oneJob, showOfJob } from './queries';
import { TextBox } from './TextBox';
import { useFollowedJob } from './useFollowedJob';
import { ingestWords } from './words';

export function JobPage() {
  const { jobId = '' } = useParams();
  const words = useWords(ingestWords);
  const query = useQuery(oneJob(jobId));
  if (hasStatus(query.error, 404, 422))
    return (
      <>
        <PageHead name={words.notFound} above={<ToList />} />
        <Emptiness hint={words.notFoundHint} />
      </>
    );
  return <Loaded query={query}>{(job) => <JobView key={job.id} first={job} />}</Loaded>;
}

function ToList() {
  const words = useWords(ingestWords);
  return <BackLink to="/ingest">{words.toList}</BackLink>;
}

function JobView({ first }: { first: Job }) {
  const words = useWords(ingestWords);
  const mayEdit = useMay('edit');
  const job = useFollowedJob(first);
  return (
    <>
      <PageHead name={job.title} above={<ToList />} hint={job.sourceName}>
        {mayEdit && <JobButtons job={job} />}
        {job.showId && <ToShow showId={job.showId} />}
      </PageHead>
      <div className={styles.page}>
        <Panel title={words.progress}>
          <div className={styles.fault} role="status">
            <span>
              <JobBadge job={job} />
            </span>
            <JobProgress job={job} wide />
            {job.state === 'queued' && job.attempts > 0 && (
              <p className={styles.quiet}>{words.triedAgain(job.attempts + 1)}</p>
            )}
          </div>
        </Panel>
        {job.error && <FaultPanel error={job.error} />}
        <FactsPanel job={job} />
        {mayEdit && <LogPanel job={job} />}
      </div>
    </>
  );
}

/** To the bench while the show waits for a verdict, else to the show. */
function ToShow({ showId }: { showId: string }) {
  const words = useWords(ingestWords);
  const { data: show } = useQuery(showOfJob(showId));
  if (!show) return null;
  const waits = show.state === 'in_review';
  return (
    <Button
      component={Link}
      to={waits ? `/reviews/${showId}` : `/shows/${showId}`}
      variant={waits ? 'filled' : 'default'}
    >
      {waits ? words.toReview : words.toShow}
    </Button>
  );
}

function FaultPanel({ error }: { error: NonNullable<Job['error']> }) {
  const words = useWords(ingestWords);
  const said = faultWordsOf(error.code, useLanguage());
  return (
    <Panel title={words.fault}>
      <div className={styles.fault}>
        <p>
          <strong>{said.what}</strong>
        </p>
        <p>
          {words.nextStep}: {said.next}
        </p>
        {error.detail && (
          <p className={styles.quiet}>
            {words.technicalDetail}: <span lang="en">{error.detail}</span>
          </p>
        )}
      </div>
    </Panel>
  );
}

function FactsPanel({ job }: { job: Job }) {
  const words = useWords(ingestWords);
  const language = useLanguage();
  return (
    <Panel title={words.facts}>
      <dl className={styles.facts}>
        <div>
          <dt>{words.size}</dt>
          <dd>{sayBytes(job.sourceBytes, language)}</dd>
        </div>
        <div>
          <dt>{words.attempts}</dt>
          <dd>{job.attempts}</dd>
        </div>
        <div>
          <dt>{words.priority}</dt>
          <dd>{words.priorities[job.priority]}</dd>
        </div>
        <Moment name={words.came} at={job.createdAt} />
        <Moment name={words.began} at={job.startedAt} />
        <Moment name={words.ended} at={job.finishedAt} />
      </dl>
    </Panel>
  );
}

function Moment({ name, at }: { name: string; at: string | null }) {
  if (!at) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <When at={at} />
      </dd>
    </div>
  );
}

function LogPanel({ job }: { job: Job }) {
  const words = useWords(ingestWords);
  const query = useQuery(logOf(job.id, job.attempts, job.state));
  return (
    <Panel title={words.log} hint={words.logHint}>
      <Loaded query={query} rows={1}>
        {(log) =>
          log === '' ? (
            <p className={styles.quiet}>{words.logEmpty}</p>
          ) : (
            <TextBox label={words.log} text={log} />
          )
        }
      </Loaded>
    </Panel>
  );
}

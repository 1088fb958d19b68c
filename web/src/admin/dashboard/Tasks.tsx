/** What waits for somebody, each with the way to it. */
import {
  IconAlertTriangle,
  IconChecks,
  IconChevronRight,
  IconEyeCheck,
  IconHourglass,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Overview } from '../../api/types';
import { When } from '../kit/When';
import { useWords } from '../words';
import styles from './DashboardPage.module.css';
import { dashboardWords } from './words';

export function Tasks({ told }: { told: Overview }) {
  const words = useWords(dashboardWords);
  const { jobs } = told;
  const waiting = told.shows.in_review ?? 0;
  const moving = jobs.queued + jobs.running;
  return (
    <ul className={styles.tasks}>
      {waiting > 0 && (
        <Task
          to="/reviews"
          sign={<IconEyeCheck />}
          title={words.toReview(waiting)}
          hint={told.inReviewSince && <Since at={told.inReviewSince} />}
        />
      )}
      {jobs.failed > 0 && (
        <Task
          to="/ingest?state=failed"
          sign={<IconAlertTriangle />}
          title={words.failed(jobs.failed)}
          hint={words.failedHint}
        />
      )}
      {moving > 0 && (
        <Task
          to="/ingest"
          sign={<IconHourglass />}
          title={words.queue(moving)}
          hint={jobs.queuedSince ? <Since at={jobs.queuedSince} /> : words.running(jobs.running)}
        />
      )}
      {waiting + jobs.failed + moving === 0 && (
        <Task to="/uploads" sign={<IconChecks />} title={words.nothing} hint={words.nothingHint} />
      )}
    </ul>
  );
}

function Since({ at }: { at: string }) {
  const words = useWords(dashboardWords);
  return (
    <>
      {words.oldest} <When at={at} />
    </>
  );
}

function Task({ to, sign, title, hint }: { to: string; sign: ReactNode; title: string; hint: ReactNode }) {
  return (
    <li>
      <Link className={styles.task} to={to}>
        {sign}
        <span>
          <strong className={styles.what}>{title}</strong>
          <span className={styles.when}>{hint}</span>
        </span>
        <IconChevronRight className={styles.go} />
      </Link>
    </li>
  );
}

/** What waits for somebody, each with the way to it. */
import { useQuery } from '@tanstack/react-query';
import {
  IconAlertTriangle,
  IconBellX,
  IconChecks,
  IconChevronRight,
  IconEyeCheck,
  IconHourglass,
  IconWebhook,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Overview } from '../../api/types';
import { When } from '../kit/When';
import { useMay } from '../staff';
import { useWords } from '../words';
import styles from './DashboardPage.module.css';
import { unheard } from './unheard';
import { dashboardWords } from './words';

/** Till it is known. */
const NO_TROUBLE = { unreadable: 0, failedEvents: 0, failedDeliveries: 0 };

export function Tasks({ told }: { told: Overview }) {
  const words = useWords(dashboardWords);
  const { jobs } = told;
  const waiting = told.shows.in_review ?? 0;
  const moving = jobs.queued + jobs.running;
  const { data: trouble = NO_TROUBLE } = useQuery({ ...unheard, enabled: useMay('administer') });
  const { unreadable, failedEvents, failedDeliveries } = trouble;
  const all = waiting + jobs.failed + moving + unreadable + failedEvents + failedDeliveries;
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
      {unreadable > 0 && (
        <Task
          to="/hook?status=unreadable"
          sign={<IconWebhook />}
          title={words.unreadable(unreadable)}
          hint={words.lately}
        />
      )}
      {failedEvents > 0 && (
        <Task
          to="/hook?status=failed"
          sign={<IconWebhook />}
          title={words.failedEvents(failedEvents)}
          hint={words.lately}
        />
      )}
      {failedDeliveries > 0 && (
        <Task
          to="/notifications?state=failed"
          sign={<IconBellX />}
          title={words.failedDeliveries(failedDeliveries)}
          hint={words.lately}
        />
      )}
      {all === 0 && (
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

/** The bench: one film, everything that helps to judge it, and the verdict. The next one opens by itself. */
import { Button } from '@mantine/core';
import { IconPencil, IconPlayerTrackNext } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import type { Show } from '../../api/types';
import { facts, length } from '../../language/format';
import { usePersonId } from '../../session/session';
import { Emptiness } from '../../ui/Notice';
import { BackLink } from '../kit/BackLink';
import { Loaded } from '../kit/Loaded';
import { PageHead } from '../kit/PageHead';
import { useMay } from '../staff';
import { useWords } from '../words';
import styles from './BenchPage.module.css';
import { FactsPanel } from './FactsPanel';
import { FindingsPanel } from './FindingsPanel';
import { findingsOf } from './findings';
import { HistoryPanel } from './HistoryPanel';
import { KeysPanel } from './KeysPanel';
import { nextInQueue, reviewQueue, reviewsOf, showInReview } from './queries';
import { Screen } from './Screen';
import { useBench } from './useBench';
import { VerdictPanel } from './VerdictPanel';
import { reviewWords } from './words';

export function BenchPage() {
  const { showId = '' } = useParams();
  const words = useWords(reviewWords);
  const show = useQuery(showInReview(showId));
  if (hasStatus(show.error, 404, 422))
    return (
      <>
        <PageHead name={words.notFound} above={<ToQueue />} />
        <Emptiness hint={words.decidedAnyhow} />
      </>
    );
  // A film after the other on one page: nothing of the last one stays.
  return <Loaded query={show}>{(found) => <Bench key={found.id} show={found} />}</Loaded>;
}

function ToQueue() {
  const words = useWords(reviewWords);
  return <BackLink to="/reviews">{words.toQueue}</BackLink>;
}

function Bench({ show }: { show: Show }) {
  const words = useWords(reviewWords);
  const reviews = useQuery(reviewsOf(show.id));
  const findings = findingsOf(reviews.data ?? []);
  const mayEdit = useMay('edit');
  const goNext = useGoNext(show.id);
  const bench = useBench(findings, goNext.go);
  return (
    <>
      <PageHead
        name={show.title}
        above={<ToQueue />}
        hint={facts(
          show.series && `${show.series.title} S${show.series.season} E${show.series.episode}`,
          show.durationSeconds !== null && length(show.durationSeconds),
          show.width && `${show.width} × ${show.height ?? ''}`,
        )}
      >
        <Button
          component={Link}
          to={`/shows/${show.id}`}
          variant="default"
          leftSection={<IconPencil size={18} />}
        >
          {mayEdit ? words.edit : words.toShow}
        </Button>
        <Button variant="default" rightSection={<IconPlayerTrackNext size={18} />} onClick={goNext.go}>
          {goNext.next ? words.skip : words.toQueue}
        </Button>
      </PageHead>
      <div className={styles.bench}>
        <Screen show={show} bench={bench} findings={findings} />
        <div className={styles.side}>
          <VerdictPanel show={show} reviews={reviews.data ?? []} onDecided={goNext.go} />
          <FactsPanel show={show} />
          <HistoryPanel reviews={reviews.data ?? []} />
        </div>
        <FindingsPanel showId={show.id} findings={findings} onJump={bench.jump} />
        <KeysPanel />
      </div>
    </>
  );
}

/** On to the one that has waited longest, or back to the queue where there is none. */
function useGoNext(showId: string) {
  const navigate = useNavigate();
  const ownId = usePersonId();
  const queue = useInfiniteQuery(reviewQueue);
  const waiting = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const next = nextInQueue(waiting, showId, ownId);
  return { next, go: () => void navigate(next ? `/reviews/${next.show.id}` : '/reviews') };
}

/** What waits for a verdict, the longest first, and who is about which. */
import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Claim, QueuedShow } from '../../api/types';
import { length } from '../../language/format';
import { useLanguage } from '../../language/language';
import { usePersonId } from '../../session/session';
import { Artwork } from '../../ui/Artwork';
import { Badge } from '../kit/Badge';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { When } from '../kit/When';
import { useMay } from '../staff';
import { useWords } from '../words';
import { nextInQueue, reviewQueue } from './queries';
import styles from './QueuePage.module.css';
import { reviewWords } from './words';

export function QueuePage() {
  const words = useWords(reviewWords);
  const mayReview = useMay('review');
  const ownId = usePersonId();
  const query = useInfiniteQuery(reviewQueue);
  const waiting = query.data?.pages.flatMap((page) => page.items) ?? [];
  const first = nextInQueue(waiting, null, ownId);
  const columns = useColumns(ownId);
  return (
    <>
      <PageHead name={words.queue} hint={words.queueHint}>
        {mayReview && first && (
          <Button
            component={Link}
            to={`/reviews/${first.show.id}`}
            leftSection={<IconPlayerPlay size={18} />}
          >
            {words.begin}
          </Button>
        )}
        {mayReview && waiting.length > 0 && !first && <span>{words.allTaken}</span>}
      </PageHead>
      <RecordList
        caption={words.queue}
        query={query}
        columns={columns}
        keyOf={(row) => row.show.id}
        nameOf={(row) => row.show.title}
        empty={{ title: words.allReviewed, hint: words.allReviewedHint }}
      />
    </>
  );
}

function useColumns(ownId: string): Column<QueuedShow>[] {
  const words = useWords(reviewWords);
  return [
    {
      key: 'show',
      name: words.show,
      cell: ({ show }) => (
        // The picture beside the link and not in it: the letters of a show without one are no name.
        <span className={styles.show}>
          <span className={styles.art}>
            <Artwork show={show} sizes="8rem" />
          </span>
          <Link className={styles.title ?? ''} to={`/reviews/${show.id}`} aria-label={words.open(show.title)}>
            {show.title}
          </Link>
        </span>
      ),
    },
    {
      key: 'since',
      name: words.waitingSince,
      cell: (row) => row.inReviewSince && <When at={row.inReviewSince} />,
    },
    {
      key: 'length',
      name: words.length,
      cell: ({ show }) => show.durationSeconds !== null && length(show.durationSeconds),
      atEnd: true,
    },
    { key: 'round', name: words.round, cell: (row) => words.roundOf(row.round), wideOnly: true },
    {
      key: 'claim',
      name: words.claimedBy,
      cell: (row) => <Claimed claim={row.claim} ownId={ownId} />,
    },
  ];
}

function Claimed({ claim, ownId }: { claim: Claim | null; ownId: string }) {
  const words = useWords(reviewWords);
  const language = useLanguage();
  if (!claim) return <span className={`${styles.quiet} ${styles.nobody}`}>{words.nobody}</span>;
  const until = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(claim.endsAt));
  return (
    <span className={styles.claim}>
      <Badge tone="moving">{claim.reviewer.id === ownId ? words.you : claim.reviewer.name}</Badge>
      <span className={styles.quiet}>{words.until(until)}</span>
    </span>
  );
}

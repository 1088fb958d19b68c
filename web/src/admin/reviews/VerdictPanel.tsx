/** Where the verdict is given; or why it is not, and what to do instead. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemWords } from '../../forms/problemWords';
import { useLanguage, useMessages } from '../../language/language';
import type { Review, Show } from '../../api/types';
import { FaultNotice } from '../../ui/Notice';
import { Panel } from '../kit/Panel';
import { useNow } from '../kit/useNow';
import { sayWhen } from '../kit/When';
import { useMay } from '../staff';
import { useWords } from '../words';
import { reviewsOf, showInReview } from './queries';
import { TakeOverDialog } from './TakeOverDialog';
import { useClaim } from './useClaim';
import { VerdictForm } from './VerdictForm';
import styles from './VerdictPanel.module.css';
import { verdictWords } from './verdicts';
import { reviewWords } from './words';

interface VerdictPanelProps {
  show: Show;
  reviews: Review[];
  /** On to the next one. */
  onDecided: () => void;
}

export function VerdictPanel({ show, reviews, onDecided }: VerdictPanelProps) {
  const words = useWords(reviewWords);
  const messages = useMessages();
  const mayReview = useMay('review');
  const cache = useQueryClient();
  const lookAgain = () => {
    void cache.invalidateQueries({ queryKey: showInReview(show.id).queryKey });
    void cache.invalidateQueries({ queryKey: reviewsOf(show.id).queryKey });
  };
  const waits = show.state === 'in_review';
  const { state: claim, askAgain } = useClaim(show.id, waits && mayReview, lookAgain);
  return (
    <Panel title={words.verdict}>
      <div className={styles.verdict}>
        {!waits && <Decided reviews={reviews} onNext={onDecided} />}
        {waits && !mayReview && <p>{words.watchOnly}</p>}
        {waits && mayReview && claim.status === 'taken' && (
          <Taken
            showId={show.id}
            who={problemWords(claim.error, messages)}
            onNext={onDecided}
            onTaken={askAgain}
          />
        )}
        {waits && mayReview && claim.status === 'failed' && (
          <FaultNotice
            words={problemWords(claim.error, messages)}
            again={{ label: messages.tryAgain, run: askAgain }}
          />
        )}
        {waits && mayReview && (claim.status === 'held' || claim.status === 'asking') && (
          <>
            <VerdictForm
              show={show}
              ready={claim.status === 'held'}
              onDecided={onDecided}
              onConflict={() => {
                lookAgain();
                askAgain();
              }}
            />
            {claim.status === 'held' && <Yours endsAt={claim.endsAt} />}
          </>
        )}
      </div>
    </Panel>
  );
}

function Yours({ endsAt }: { endsAt: string }) {
  const words = useWords(reviewWords);
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(endsAt));
  return <p className={styles.quiet}>{words.yours(time)}</p>;
}

function Decided({ reviews, onNext }: { reviews: Review[]; onNext: () => void }) {
  const words = useWords(reviewWords);
  const language = useLanguage();
  const now = useNow(30_000);
  // A program that only gave advice has decided nothing.
  const last = reviews.find((review) => review.decided);
  return (
    <div className={styles.verdict} role="status">
      <h3>{words.decided}</h3>
      <p>
        {last
          ? words.decidedBy(
              last.reviewer.name,
              verdictWords(last, words).past,
              sayWhen(last.createdAt, now, language),
            )
          : words.decidedAnyhow}
      </p>
      <Button onClick={onNext}>{words.next}</Button>
    </div>
  );
}

interface TakenProps {
  showId: string;
  who: string;
  onNext: () => void;
  onTaken: () => void;
}

function Taken({ showId, who, onNext, onTaken }: TakenProps) {
  const words = useWords(reviewWords);
  const mayTakeOver = useMay('administer');
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.verdict} role="status">
      <h3>{words.somebodyElse}</h3>
      <p>{words.somebodyElseHint(who)}</p>
      <div className={styles.buttons}>
        {mayTakeOver && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {words.takeOver}
          </Button>
        )}
        <Button onClick={onNext}>{words.next}</Button>
      </div>
      {asking && <TakeOverDialog showId={showId} onTaken={onTaken} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** What others said about this show before. */
import type { Review } from '../../api/types';
import { list } from '../../language/format';
import { Badge } from '../kit/Badge';
import { Panel } from '../kit/Panel';
import { When } from '../kit/When';
import { useWords } from '../words';
import styles from './HistoryPanel.module.css';
import { verdictWords } from './verdicts';
import { reviewWords } from './words';

export function HistoryPanel({ reviews }: { reviews: Review[] }) {
  const words = useWords(reviewWords);
  if (reviews.length === 0) return null;
  return (
    <Panel title={words.history}>
      <ol className={styles.list}>
        {reviews.map((review) => {
          const verdict = verdictWords(review, words);
          return (
            <li key={review.id} className={styles.row}>
              <span className={styles.head}>
                <Badge tone={review.decided ? verdict.tone : 'quiet'}>{verdict.past}</Badge>
                <span className={styles.quiet}>
                  {review.reviewer.name}
                  {review.reviewer.kind === 'agent' && ` (${words.program})`}, <When at={review.createdAt} />
                </span>
              </span>
              {!review.decided && <span className={styles.quiet}>{words.advice}</span>}
              {review.reasons.length > 0 && (
                <span>{list(review.reasons.map((reason) => words.reason[reason]))}</span>
              )}
              {review.notes && <span className={styles.notes}>{review.notes}</span>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** A verdict as people say it. */
import type { Review } from '../../api/types';
import type { Tone } from '../kit/Badge';
import type { reviewWords } from './words';

type Words = typeof reviewWords.en;

export function verdictWords(review: Review, words: Words): { past: string; tone: Tone } {
  switch (review.verdict) {
    case 'approve':
      return { past: words.approvedPast, tone: 'good' };
    case 'reject':
      return { past: words.rejectedPast, tone: 'bad' };
    case 'refer':
      return { past: words.lookedPast, tone: 'quiet' };
  }
}

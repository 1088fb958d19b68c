/** Says that a verdict was given, and offers the way back: for a slip of the hand, most of all on a key. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Review } from '../../api/types';
import { useMessages } from '../../language/language';
import { sayDone, sayProblem } from '../kit/toast';
import { kitWords } from '../kit/words';
import { useWords } from '../words';
import { takeBack } from './queries';
import { reviewWords } from './words';

export function useSayGiven() {
  const words = useWords(reviewWords);
  const kit = useWords(kitWords);
  const messages = useMessages();
  const navigate = useNavigate();
  const cache = useQueryClient();
  return (review: Review, title: string) => {
    const takeItBack = async () => {
      try {
        await takeBack(review.showId, review.id);
        sayDone(words.takenBack(title));
        await navigate(`/reviews/${review.showId}`);
      } catch (error) {
        sayProblem(error, messages);
      }
      await cache.invalidateQueries({ queryKey: ['mine'] });
    };
    sayDone(review.verdict === 'approve' ? words.published(title) : words.rejected(title), {
      label: kit.undo,
      key: 'u',
      run: () => void takeItBack(),
    });
  };
}

/** What is done with many shows at once. */
import type { Show } from '../../api/types';
import type { Deed } from '../kit/useBulk';
import { useMay } from '../staff';
import { useWords } from '../words';
import { deleteShow, moveShow, restoreShow } from './queries';
import { libraryWords } from './words';

export function useShowDeeds(): Deed<Show>[] {
  const words = useWords(libraryWords);
  const mayReview = useMay('review');
  const publish: Deed<Show> = {
    name: words.publish,
    fits: ({ state }) => state === 'in_review' || state === 'withdrawn',
    run: ({ id }) => moveShow(id, 'available'),
    undo: ({ id, state }) => moveShow(id, state),
    done: (count) => words.done('publish', count),
  };
  const withdraw: Deed<Show> = {
    name: words.withdraw,
    fits: ({ state }) => state === 'available',
    run: ({ id }) => moveShow(id, 'withdrawn'),
    undo: ({ id }) => moveShow(id, 'available'),
    done: (count) => words.done('withdraw', count),
  };
  const remove: Deed<Show> = {
    name: words.remove,
    fits: () => true,
    run: ({ id }) => deleteShow(id),
    undo: ({ id }) => restoreShow(id),
    done: (count) => words.done('remove', count),
    ask: { question: words.deleteQuestion, hint: words.deleteHint, confirm: words.remove },
  };
  return mayReview ? [publish, withdraw, remove] : [withdraw, remove];
}

/** Before a colleague loses the film that they are watching: it is said whose it is. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language';
import { usePersonId } from '../../session/session';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { sayProblem } from '../kit/toast';
import { defineWords, useWords } from '../words';
import { inTurn } from './claims';
import { holderOf, releaseShow, reviewQueue } from './queries';

const takeOverWords = defineWords({
  en: {
    question: (who: string | null) => (who ? `Take it over from ${who}?` : 'Take it over?'),
    hint: 'Whoever watches it now can’t give the verdict any more.',
    confirm: 'Take it over',
  },
  de: {
    question: (who: string | null) => (who ? `Von ${who} übernehmen?` : 'Den Film übernehmen?'),
    hint: 'Wer ihn gerade ansieht, kann dann nicht mehr darüber urteilen.',
    confirm: 'Übernehmen',
  },
});

interface TakeOverProps {
  showId: string;
  onTaken: () => void;
  onClose: () => void;
}

export function TakeOverDialog({ showId, onTaken, onClose }: TakeOverProps) {
  const words = useWords(takeOverWords);
  const messages = useMessages();
  const ownId = usePersonId();
  // Looked at anew: the holder may have come since.
  const queue = useInfiniteQuery({ ...reviewQueue, refetchOnMount: 'always' });
  const holder = holderOf(queue.data?.pages.flatMap((page) => page.items) ?? [], showId, ownId);
  const takingOver = useMutation({
    mutationFn: () => inTurn(showId, () => releaseShow(showId)),
    onSuccess: onTaken,
    onError: (error) => sayProblem(error, messages),
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      question={words.question(holder)}
      hint={words.hint}
      confirm={words.confirm}
      busy={takingOver.isPending}
      onConfirm={() => takingOver.mutate()}
      onClose={onClose}
    />
  );
}

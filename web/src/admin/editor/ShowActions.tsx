/** What can be done with the show as a whole: moved to another state, reviewed, deleted. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { sayDone, sayProblem } from '../kit/toast';
import { kitWords } from '../kit/words';
import { useMay } from '../staff';
import { useWords } from '../words';
import { deleteShow, restoreShow, saveShow } from './queries';
import type { Editing } from './useEditing';
import { useSideAction } from './useSideAction';
import { editorWords } from './words';

type Move = 'in_review' | 'withdrawn' | 'available';

/** Where an editor or, back to the viewers, a reviewer may move a show; verdicts are given at the bench. */
const MOVES: Partial<Record<Show['state'], Move>> = {
  draft: 'in_review',
  rejected: 'in_review',
  available: 'withdrawn',
  withdrawn: 'available',
};

export function ShowActions({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const messages = useMessages();
  const mayReview = useMay('review');
  const { show } = editing;
  const [asking, setAsking] = useState(false);
  const moving = useSideAction(editing, (state: Move) => saveShow(show, { state }), messages.saved);
  const removing = useRemoving(show);
  const move = MOVES[show.state];
  const canMove =
    move && (move !== 'available' || mayReview) && (move !== 'in_review' || show.hlsSrcVideoURL);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      {canMove && (
        <Button variant="default" loading={moving.isPending} onClick={() => moving.mutate(move)}>
          {words.moves[move]}
        </Button>
      )}
      {show.state === 'in_review' && (
        <Button component={Link} to={`/reviews/${show.id}`}>
          {words.review}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          question={words.removeQuestion}
          hint={words.removeHint}
          confirm={words.remove}
          dangerous
          busy={removing.isPending}
          onConfirm={() => removing.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function useRemoving(show: Show) {
  const words = useWords(editorWords);
  const kit = useWords(kitWords);
  const messages = useMessages();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const fail = (error: unknown) => sayProblem(error, messages);
  const refresh = () => cache.invalidateQueries({ queryKey: ['mine'] });
  const bringBack = () => void restoreShow(show.id).then(refresh).catch(fail);
  return useMutation({
    mutationFn: () => deleteShow(show.id),
    onSuccess: async () => {
      await navigate('/shows');
      cache.removeQueries({ queryKey: ['mine', 'edited', show.id] });
      void refresh();
      sayDone(words.removed(show.title), { label: kit.undo, run: bringBack });
    },
    onError: fail,
  });
}

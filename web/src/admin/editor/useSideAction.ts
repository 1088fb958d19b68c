/** Something that changes the show at once, beside the form: afterwards the form goes on with the newer show. */
import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language';
import { sayDone, sayProblem } from '../kit/toast';
import { readShow } from './queries';
import type { Editing } from './useEditing';

export function useSideAction<T>(
  { show, takeOver }: Editing,
  act: (what: T) => Promise<unknown>,
  done: string,
) {
  const messages = useMessages();
  return useMutation({
    mutationFn: async (what: T) => {
      await act(what);
      return readShow(show.id);
    },
    onSuccess: (newer) => {
      takeOver(newer);
      sayDone(done);
    },
    onError: (error) => sayProblem(error, messages),
  });
}

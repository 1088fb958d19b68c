/** Does something on the server: says when it is done or why not, and has the lists asked for anew. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../../language/language';
import { sayDone, sayProblem } from './toast';

/** `queryKey` begins the keys of everything that may look different afterwards. */
export function useAct(queryKey: readonly unknown[]) {
  const messages = useMessages();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  /** Whether it was done. */
  const act = async (action: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(true);
    try {
      await action();
      sayDone(done);
      return true;
    } catch (error) {
      sayProblem(error, messages);
      return false;
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey });
    }
  };
  return { act, busy };
}

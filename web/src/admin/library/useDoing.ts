/** Something done with many shows: each by itself, so that one refusal spares the others; and the way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Show } from '../../api/types';
import { problemWords } from '../../forms/problemWords';
import { list } from '../../language/format';
import { useMessages } from '../../language/language';
import { sayDone, sayFault } from '../kit/toast';
import { kitWords } from '../kit/words';
import { useWords } from '../words';
import { deleteShow, moveShow, restoreShow } from './queries';
import { libraryWords } from './words';

export type Deed = 'publish' | 'withdraw' | 'remove';

interface HowTo {
  /** Which shows it can be done with; the others are left alone. */
  fits: (show: Show) => boolean;
  run: (show: Show) => Promise<void>;
  undo: (show: Show) => Promise<void>;
}

export const DEEDS: Record<Deed, HowTo> = {
  publish: {
    fits: ({ state }) => state === 'in_review' || state === 'withdrawn',
    run: ({ id }) => moveShow(id, 'available'),
    undo: ({ id, state }) => moveShow(id, state),
  },
  withdraw: {
    fits: ({ state }) => state === 'available',
    run: ({ id }) => moveShow(id, 'withdrawn'),
    undo: ({ id }) => moveShow(id, 'available'),
  },
  remove: { fits: () => true, run: ({ id }) => deleteShow(id), undo: ({ id }) => restoreShow(id) },
};

interface Outcome {
  done: Show[];
  left: Show[];
  why: unknown;
}

async function withEach(shows: Show[], run: (show: Show) => Promise<void>): Promise<Outcome> {
  const outcome: Outcome = { done: [], left: [], why: null };
  for (const show of shows) {
    try {
      await run(show);
      outcome.done.push(show);
    } catch (error) {
      outcome.left.push(show);
      outcome.why = error;
    }
  }
  return outcome;
}

export function useDoing() {
  const words = useWords(libraryWords);
  const kit = useWords(kitWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);

  const run = async (shows: Show[], action: (show: Show) => Promise<void>): Promise<Show[]> => {
    setBusy(true);
    const { done, left, why } = await withEach(shows, action);
    setBusy(false);
    await cache.invalidateQueries({ queryKey: ['mine'] });
    if (left.length > 0)
      sayFault(words.failed(list(left.map(({ title }) => title)), problemWords(why, messages)));
    return done;
  };
  const doIt = async (deed: Deed, shows: Show[]) => {
    const { fits, run: action, undo } = DEEDS[deed];
    const done = await run(shows.filter(fits), action);
    if (done.length === 0) return;
    sayDone(words.done(deed, done.length), {
      label: kit.undo,
      run: () => void run(done, undo).then((back) => back.length > 0 && sayDone(kit.undone)),
    });
  };
  return { busy, doIt };
}

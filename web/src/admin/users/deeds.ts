/** What is done with many accounts at once. */
import type { User } from '../../api/types';
import { usePersonId } from '../../session/session';
import type { Deed } from '../kit/useBulk';
import { useWords } from '../words';
import { reinstate, suspend } from './queries';
import { peopleWords } from './words';

export function useAccountDeeds(): Deed<User>[] {
  const words = useWords(peopleWords);
  const ownId = usePersonId();
  return [
    {
      name: words.suspend,
      // Nobody shuts themselves out.
      fits: ({ id, suspended }) => !suspended && id !== ownId,
      run: ({ id }) => suspend(id),
      undo: ({ id }) => reinstate(id),
      done: words.manySuspended,
      ask: { question: words.suspendManyQuestion, hint: words.suspendHint, confirm: words.suspend },
    },
    {
      name: words.reinstate,
      fits: ({ suspended }) => suspended,
      run: ({ id }) => reinstate(id),
      undo: ({ id }) => suspend(id),
      done: words.manyReinstated,
    },
  ];
}

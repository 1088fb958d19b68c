/** Keeps what was typed over the end of a session, and gives it back to whoever typed it. */
import { useEffect, useState } from 'react';
import { currentAccess, onAccess } from '../../api/accessToken';
import type { Show } from '../../api/types';
import { useSession } from '../../session/session';
import { changedFields, type Draft, draftOf, rebase } from './draft';
import { forgetUnsaved, keepUnsaved, unsavedOf } from './unsaved';

/** The show as it is with what was typed on top; the fields that somebody else has changed since are in `clashes`. */
export function useKeptDraft(show: Show): ReturnType<typeof rebase> | null {
  const personId = usePersonId();
  const [found] = useState(() => unsavedOf(personId, show.id));
  const [met] = useState(() => found && rebase(found.base, found.draft, draftOf(show)));
  useEffect(() => forgetUnsaved(personId, show.id), [personId, show.id]);
  return met ?? null;
}

export function useKeepingDraft(showId: string, base: Draft, draft: Draft): void {
  const personId = usePersonId();
  useEffect(() =>
    onAccess(() => {
      if (personId && currentAccess().status === 'nobody' && changedFields(base, draft).length > 0)
        keepUnsaved(personId, showId, { base, draft });
    }),
  );
}

function usePersonId(): string {
  const session = useSession();
  return session.status === 'somebody' ? session.user.id : '';
}

/** Keeps what was typed over the end of a session, and gives it back to whoever typed it. */
import { useEffect, useState } from 'react';
import { currentAccess, onAccess } from '../../api/accessToken';
import { usePersonId } from '../../session/session';
import { forgetUnsaved, keepUnsaved, unsavedOf } from './unsaved';

/** What this person had typed at `place` when their session ended: given back once, undefined where there is nothing. */
export function useUnsaved(place: string): unknown {
  const personId = usePersonId();
  const [found] = useState(() => unsavedOf(personId, place));
  useEffect(() => forgetUnsaved(personId, place), [personId, place]);
  return found;
}

/** Keeps `typed` for `useUnsaved` if the session ends while it stands here; null where nothing has to be kept. */
export function useKeepingUnsaved(place: string, typed: object | null): void {
  const personId = usePersonId();
  useEffect(() =>
    onAccess(() => {
      if (personId && typed && currentAccess().status === 'nobody') keepUnsaved(personId, place, typed);
    }),
  );
}

/** Whether something was kept when what asks for it first stood here. */
export function useHadUnsaved(place: string): boolean {
  const personId = usePersonId();
  const [had] = useState(() => unsavedOf(personId, place) !== undefined);
  return had;
}

/** What a reviewer is about to reject a film for: it stays theirs till there is a verdict, whatever comes between. */
import { useEffect, useState } from 'react';
import type { Reason } from '../../api/types';
import { usePersonId } from '../../session/session';
import { forgetUnsaved, keepUnsaved, unsavedOf } from '../kit/unsaved';

export interface Rejection {
  /** Its form is open. */
  open: boolean;
  reasons: Reason[];
  notes: string;
}

const NOTHING: Rejection = { open: false, reasons: [], notes: '' };

export function useRejection(showId: string) {
  const personId = usePersonId();
  const place = `rejection ${showId}`;
  const [rejection, setRejection] = useState(
    () => (unsavedOf(personId, place) as Rejection | undefined) ?? NOTHING,
  );
  useEffect(() => {
    if (personId && rejection !== NOTHING) keepUnsaved(personId, place, rejection);
  }, [personId, place, rejection]);
  return {
    rejection,
    change: (changes: Partial<Rejection>) => setRejection((before) => ({ ...before, ...changes })),
    forget: () => forgetUnsaved(personId, place),
  };
}

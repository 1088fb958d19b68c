/** What was typed about a show outlives the session that it was typed in. */
import { useState } from 'react';
import type { Show } from '../../api/types';
import { useKeepingUnsaved, useUnsaved } from '../kit/useUnsaved';
import { changedFields, type Draft, draftOf, rebase } from './draft';

interface Unsaved {
  base: Draft;
  draft: Draft;
}

function placeOf(showId: string): string {
  return `show ${showId}`;
}

/** The show as it is with what was typed on top; the fields that somebody else has changed since are in `clashes`. */
export function useKeptDraft(show: Show): ReturnType<typeof rebase> | null {
  const found = useUnsaved(placeOf(show.id)) as Unsaved | undefined;
  const [met] = useState(() => found && rebase(found.base, found.draft, draftOf(show)));
  return met ?? null;
}

export function useKeepingDraft(showId: string, base: Draft, draft: Draft): void {
  useKeepingUnsaved(placeOf(showId), changedFields(base, draft).length > 0 ? { base, draft } : null);
}

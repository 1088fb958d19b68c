/** Editing one show: what is changed, saving it, and what to do when somebody else was faster. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hasStatus } from '../../api/problem';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { sayDone } from '../kit/toast';
import { knownWords } from '../shows/queries';
import { useWords } from '../words';
import { changedFields, type Draft, draftOf, type Field, patchOf, rebase, withFields } from './draft';
import { editedShow, readShow, saveShow } from './queries';
import { useKeepingDraft, useKeptDraft } from './useKeptDraft';
import { editorWords } from './words';

interface Clash {
  theirs: Show;
  mine: Draft;
  fields: Field[];
}

function clashOf(theirs: Show, met: ReturnType<typeof rebase> | null): Clash | null {
  return met && met.clashes.length > 0 ? { theirs, mine: met.draft, fields: met.clashes } : null;
}

export function useEditing(first: Show) {
  const messages = useMessages();
  const words = useWords(editorWords);
  const cache = useQueryClient();
  const [show, setShow] = useState(first);
  const kept = useKeptDraft(first);
  const [draft, setDraft] = useState(kept?.draft ?? draftOf(first));
  const [clash, setClash] = useState(() => clashOf(first, kept));
  const base = draftOf(show);
  const changed = changedFields(base, draft);
  useKeepingDraft(first.id, base, draft);

  /** The show says something new; what was typed and not saved stays on top. */
  const takeOver = (newer: Show, mine = draft) => {
    setDraft(rebase(base, mine, draftOf(newer)).draft);
    setShow(newer);
    cache.setQueryData(editedShow(first.id).queryKey, newer);
    void cache.invalidateQueries({ queryKey: ['mine', 'history', first.id] });
    void cache.invalidateQueries({ queryKey: ['mine', 'library'] });
    void cache.invalidateQueries({ queryKey: knownWords.queryKey });
  };

  const saving = useMutation({
    mutationFn: async ({ onto, now }: { onto: Show; now: Draft }) => {
      try {
        return await saveShow(onto, patchOf(draftOf(onto), now));
      } catch (error) {
        if (!hasStatus(error, 412)) throw error;
        const theirs = await readShow(onto.id);
        const met = rebase(draftOf(onto), now, draftOf(theirs));
        const open = clashOf(theirs, met);
        if (open) {
          setClash(open);
          return null;
        }
        const saved = await saveShow(theirs, patchOf(draftOf(theirs), met.draft));
        sayDone(words.merged);
        return saved;
      }
    },
    onSuccess: (saved) => {
      if (!saved) return;
      setClash(null);
      takeOver(saved, draftOf(show));
      sayDone(messages.saved);
    },
  });

  return {
    show,
    draft,
    changed,
    clash,
    saving,
    takeOver,
    change: (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes })),
    discard: () => setDraft(base),
    save: () => saving.mutate({ onto: show, now: draft }),
    /** Ends a conflict: of the fields that clashed, those named stay one's own. */
    settle: (kept: Field[]) => {
      if (!clash) return;
      const lost = clash.fields.filter((field) => !kept.includes(field));
      const now = withFields(clash.mine, draftOf(clash.theirs), lost);
      setShow(clash.theirs);
      setDraft(now);
      setClash(null);
      saving.mutate({ onto: clash.theirs, now });
    },
    giveWay: () => setClash(null),
  };
}

export type Editing = ReturnType<typeof useEditing>;

/** A show that is made by hand: for streams that were encoded elsewhere, or as a draft to go on with later. */
import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Navigate } from 'react-router';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { BackLink } from '../kit/BackLink';
import { PageHead } from '../kit/PageHead';
import { sayDone } from '../kit/toast';
import { useFaultInSight } from '../kit/useFaultInSight';
import { ShowFields } from '../shows/ShowFields';
import { textFaults } from '../shows/showText';
import { showWords } from '../shows/words';
import { useWords } from '../words';
import { changedFields, EMPTY_DRAFT } from './draft';
import styles from './Editor.module.css';
import { LeaveGuard } from './LeaveGuard';
import { createShow } from './queries';
import { StreamFields } from './StreamFields';
import { editorWords } from './words';

export function NewShowPage() {
  const words = useWords(editorWords);
  const about = useWords(showWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const creating = useMutation({
    mutationFn: () => createShow(draft),
    onSuccess: (made) => {
      sayDone(words.created(made.title));
      void cache.invalidateQueries({ queryKey: ['mine'] });
    },
  });
  const form = useFaultInSight(creating.error);
  // Instead of the form: its guard does not ask about what is saved.
  if (creating.data) return <Navigate to={`/shows/${creating.data.id}`} replace />;
  const faults = textFaults(creating.error, messages);
  const fields = {
    faults,
    onChange: (changes: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changes })),
  };
  const create = (event: SubmitEvent) => {
    event.preventDefault();
    creating.mutate();
  };
  return (
    <>
      <PageHead
        name={words.newShow}
        hint={words.newShowHint}
        above={<BackLink to="/shows">{words.toLibrary}</BackLink>}
      />
      <form ref={form} onSubmit={create} noValidate className={styles.form}>
        <h2 className="visually-hidden">{about.about}</h2>
        <div className={styles.fields}>
          {creating.error && Object.keys(faults).length === 0 && (
            <FaultNotice words={problemWords(creating.error, messages)} />
          )}
          <ShowFields text={draft} {...fields} />
          <StreamFields draft={draft} hint={words.newStreamsHint} {...fields} />
        </div>
        <Group justify="flex-end" mt="lg">
          <Button type="submit" loading={creating.isPending}>
            {words.create}
          </Button>
        </Group>
      </form>
      <LeaveGuard dirty={changedFields(EMPTY_DRAFT, draft).length > 0} />
    </>
  );
}

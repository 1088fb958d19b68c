/** What the show is to say, filled in while the film is on its way. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Dialog } from '../kit/Dialog';
import { sayDone } from '../kit/toast';
import { useFaultInSight } from '../kit/useFaultInSight';
import { useKeepingUnsaved, useUnsaved } from '../kit/useUnsaved';
import { ShowFields } from '../shows/ShowFields';
import { type ShowText, textFaults, textOf, toldBy } from '../shows/showText';
import { useWords } from '../words';
import { descriptionOf, type Transfer } from './transfer';
import { describe } from './transfers';
import { uploadWords } from './words';

export function DescribeDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const messages = useMessages();
  const words = useWords(uploadWords);
  const place = descriptionOf(transfer);
  const before = useUnsaved(place) as ShowText | undefined;
  const [text, setText] = useState(() => before ?? textOf(transfer.details));
  const [touched, setTouched] = useState(before !== undefined);
  useKeepingUnsaved(place, touched ? text : null);
  const cache = useQueryClient();
  const saving = useMutation({
    mutationFn: () => describe(transfer.key, toldBy(text)),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['mine', 'library'] });
      sayDone(messages.saved);
      onClose();
    },
  });
  const form = useFaultInSight(saving.error);
  const faults = textFaults(saving.error, messages);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Dialog
      size="xl"
      // What was typed is not lost to a click beside it.
      leave="notBeside"
      onClose={onClose}
      title={words.describeFilm(transfer.name)}
    >
      <form ref={form} onSubmit={save} noValidate>
        <Text c="dimmed" mb="md">
          {words.describeHint}
        </Text>
        {saving.error && Object.keys(faults).length === 0 && (
          <FaultNotice words={problemWords(saving.error, messages)} />
        )}
        <ShowFields
          text={text}
          faults={faults}
          onChange={(changes) => {
            setTouched(true);
            setText((now) => ({ ...now, ...changes }));
          }}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {messages.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {messages.save}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** Has somebody told of something from now on; a webhook's secret is shown this once. */
import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { NewSubscription } from '../../api/types';
import { faultsOf } from '../../forms/formFaults';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Dialog } from '../kit/Dialog';
import { sayDone } from '../kit/toast';
import { ShownOnce } from '../kit/ShownOnce';
import { useWords } from '../words';
import styles from './Notifications.module.css';
import { NOTIFICATIONS, subscribe } from './queries';
import { notificationWords } from './words';

export function SubscribeDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(notificationWords);
  const cache = useQueryClient();
  const subscribing = useMutation({
    mutationFn: subscribe,
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: NOTIFICATIONS });
      sayDone(words.subscribed);
      if (made.secret === null) onClose();
    },
  });
  const secret = subscribing.data?.secret ?? null;
  return (
    <Dialog title={secret ? words.secret : words.add} onClose={onClose} leave={secret ? 'answer' : 'anyhow'}>
      {secret ? (
        <ShownOnce
          text={secret}
          hint={words.secretHint}
          copyFailed={words.copyFailed}
          haveIt={words.haveIt}
          onClose={onClose}
        />
      ) : (
        <SubscribeForm
          busy={subscribing.isPending}
          error={subscribing.error}
          onSubscribe={(wanted) => subscribing.mutate(wanted)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface SubscribeFormProps {
  busy: boolean;
  error: Error | null;
  onSubscribe: (wanted: NewSubscription) => void;
  onClose: () => void;
}

function SubscribeForm({ busy, error, onSubscribe, onClose }: SubscribeFormProps) {
  const words = useWords(notificationWords);
  const messages = useMessages();
  const [channel, setChannel] = useState<NewSubscription['channel']>('email');
  const [target, setTarget] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const [sent, setSent] = useState(false);
  // What the API has refused stays marked until it is changed.
  const [asked, setAsked] = useState('');
  const isRefused = faultsOf(error, messages).target !== undefined && asked === `${channel} ${target.trim()}`;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    if (!target.trim() || events.length === 0 || busy) return;
    setAsked(`${channel} ${target.trim()}`);
    onSubscribe({ channel, target: target.trim(), events: events as NewSubscription['events'] });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <NativeSelect
        label={words.channel}
        value={channel}
        data={Object.entries(words.channels).map(([value, label]) => ({ value, label }))}
        onChange={(event) => setChannel(event.currentTarget.value as NewSubscription['channel'])}
      />
      <TextInput
        label={words.target}
        description={words.targetHints[channel]}
        required
        autoComplete="off"
        value={target}
        error={sent && !target.trim() ? words.targetMissing : isRefused && words.targetFaults[channel]}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={words.events}
        required
        value={events}
        error={sent && events.length === 0 && words.eventsMissing}
        onChange={setEvents}
      >
        <div className={styles.form}>
          {Object.entries(words.event)
            .filter(([event]) => event !== 'test')
            .map(([event, name]) => (
              <Checkbox key={event} value={event} label={name} />
            ))}
        </div>
      </Checkbox.Group>
      {error && faultsOf(error, messages).target === undefined && (
        <FaultNotice words={problemWords(error, messages)} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {messages.cancel}
        </Button>
        <Button type="submit" loading={busy}>
          {words.add}
        </Button>
      </Group>
    </form>
  );
}

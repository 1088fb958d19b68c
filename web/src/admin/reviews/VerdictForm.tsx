/** Approve with one press; a rejection says what is wrong, in codes to count and in words to mend it by. */
import { Button, Chip, Textarea } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { ProblemError } from '../../api/problem';
import type { Reason, Show } from '../../api/types';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { useKeys } from '../kit/useKeys';
import { useWords } from '../words';
import { decide, type Decision, reviewQueue } from './queries';
import { type Rejection, useRejection } from './useRejection';
import { useSayGiven } from './useSayGiven';
import styles from './VerdictPanel.module.css';
import { reviewWords } from './words';

interface VerdictFormProps {
  show: Show;
  /** The film is this reviewer's. */
  ready: boolean;
  onDecided: () => void;
  /** Somebody else was faster. */
  onConflict: () => void;
}

export function VerdictForm({ show, ready, onDecided, onConflict }: VerdictFormProps) {
  const words = useWords(reviewWords);
  const messages = useMessages();
  const { rejection, change, forget } = useRejection(show.id);
  const [changedMind, setChangedMind] = useState(false);
  const cache = useQueryClient();
  const sayGiven = useSayGiven();
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decide(show.id, decision),
    onSuccess: (review) => {
      forget();
      sayGiven(review, show.title);
      void cache.invalidateQueries({ queryKey: reviewQueue.queryKey });
      void cache.invalidateQueries({ queryKey: ['mine', 'library'] });
      onDecided();
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 409) onConflict();
    },
  });
  const busy = !ready || deciding.isPending;
  const approve = () => {
    if (!busy) deciding.mutate({ verdict: 'approve', reasons: [], notes: '' });
  };
  useKeys({
    a: approve,
    r: () => {
      if (ready) change({ open: true });
    },
  });
  return (
    <>
      <Button
        fullWidth
        disabled={!ready}
        loading={deciding.isPending && !rejection.open}
        leftSection={<IconCheck size={18} />}
        aria-keyshortcuts="A"
        onClick={approve}
      >
        {words.approve}
      </Button>
      {rejection.open ? (
        <RejectForm
          rejection={rejection}
          busy={busy}
          onChange={change}
          onReject={(reasons, notes) => deciding.mutate({ verdict: 'reject', reasons, notes })}
          onCancel={() => {
            change({ open: false });
            setChangedMind(true);
          }}
        />
      ) : (
        <Button
          fullWidth
          variant="default"
          disabled={!ready}
          leftSection={<IconX size={18} />}
          aria-keyshortcuts="R"
          ref={changedMind ? focusOn : undefined}
          onClick={() => change({ open: true })}
        >
          {words.rejectWith}
        </Button>
      )}
      {deciding.error && <FaultNotice words={faultWords(deciding.error, words.ownUpload, messages)} />}
    </>
  );
}

function faultWords(error: Error, ownUpload: string, messages: ReturnType<typeof useMessages>): string {
  const isOwn = error instanceof ProblemError && error.kind === 'own-upload';
  return isOwn ? ownUpload : problemWords(error, messages);
}

/** Whoever left the form goes on where they opened it. */
function focusOn(button: HTMLButtonElement | null) {
  button?.focus();
}

/** In the fields of a form, too, where single keys are text. */
function useEscape(run: () => void) {
  const pressed = useEffectEvent(run);
  useEffect(() => {
    const listen = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') pressed();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

interface RejectFormProps {
  rejection: Rejection;
  busy: boolean;
  onChange: (changes: Partial<Rejection>) => void;
  onReject: (reasons: Reason[], notes: string) => void;
  onCancel: () => void;
}

function RejectForm({ rejection, busy, onChange, onReject, onCancel }: RejectFormProps) {
  const words = useWords(reviewWords);
  const messages = useMessages();
  const faultId = useId();
  const { reasons, notes } = rejection;
  const [sent, setSent] = useState(false);
  useEscape(onCancel);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    if (reasons.length > 0 && notes.trim() && !busy) onReject(reasons, notes.trim());
  };
  return (
    <form className={styles.verdict} onSubmit={submit} noValidate>
      <fieldset className={styles.reasons} aria-describedby={faultId}>
        <legend>{words.reasons}</legend>
        <Chip.Group multiple value={reasons} onChange={(chosen) => onChange({ reasons: chosen })}>
          {(Object.entries(words.reason) as [Reason, string][]).map(([reason, name], place) => (
            // Whoever pressed the key or the button goes on here.
            <Chip key={reason} value={reason} size="sm" autoFocus={place === 0}>
              {name}
            </Chip>
          ))}
        </Chip.Group>
        <span id={faultId} className={styles.fault} role="status">
          {sent && reasons.length === 0 && words.reasonMissing}
        </span>
      </fieldset>
      <Textarea
        label={words.notes}
        description={words.notesHint}
        required
        autosize
        minRows={3}
        maxLength={5000}
        value={notes}
        error={sent && !notes.trim() && words.notesMissing}
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
      />
      <div className={styles.buttons}>
        <Button type="submit" color="red" loading={busy} leftSection={<IconX size={18} />}>
          {words.reject}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {messages.cancel}
        </Button>
      </div>
    </form>
  );
}

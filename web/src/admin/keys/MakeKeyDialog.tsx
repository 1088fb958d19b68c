/** Makes a key and shows it, this once; closed by saying that one has it, and by nothing else. */
import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { Scope } from '../../api/types';
import { problemWords } from '../../forms/problemWords';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Dialog } from '../kit/Dialog';
import { ShownOnce } from '../kit/ShownOnce';
import { useWords } from '../words';
import styles from './Keys.module.css';
import { KEYS, makeKey } from './queries';
import { keyWords } from './words';

export function MakeKeyDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(keyWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const making = useMutation({
    mutationFn: ({ name, scopes }: { name: string; scopes: Scope[] }) => makeKey(name, scopes),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEYS }),
  });
  const fresh = making.data;
  return (
    <Dialog
      title={fresh ? words.fresh : words.make}
      onClose={onClose}
      // A slip beside the dialog must not lose the only copy.
      leave={fresh ? 'answer' : 'anyhow'}
    >
      {fresh ? (
        <ShownOnce
          text={fresh.key}
          hint={words.freshHint}
          copyFailed={words.copyFailed}
          haveIt={words.haveIt}
          onClose={onClose}
        />
      ) : (
        <KeyForm
          busy={making.isPending}
          fault={making.error ? problemWords(making.error, messages) : null}
          onMake={(name, scopes) => making.mutate({ name, scopes })}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface KeyFormProps {
  busy: boolean;
  fault: string | null;
  onMake: (name: string, scopes: Scope[]) => void;
  onClose: () => void;
}

function KeyForm({ busy, fault, onMake, onClose }: KeyFormProps) {
  const words = useWords(keyWords);
  const messages = useMessages();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [sent, setSent] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() && scopes.length > 0 && !busy) onMake(name.trim(), scopes as Scope[]);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label={words.name}
        description={words.nameHint}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={sent && !name.trim() && words.nameMissing}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={words.scopes}
        required
        value={scopes}
        error={sent && scopes.length === 0 && words.scopesMissing}
        onChange={setScopes}
      >
        <div className={styles.form}>
          {Object.entries(words.scope).map(([scope, does]) => (
            <Checkbox key={scope} value={scope} label={does} description={scope} />
          ))}
        </div>
      </Checkbox.Group>
      {fault && <FaultNotice words={fault} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {messages.cancel}
        </Button>
        <Button type="submit" loading={busy}>
          {words.make}
        </Button>
      </Group>
    </form>
  );
}

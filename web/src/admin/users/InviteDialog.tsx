/** Makes an account for somebody, who then chooses a password by mail. */
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../api/types';
import { emailFault } from '../../forms/formFaults';
import { problemWords } from '../../forms/problemWords';
import { useForm } from '../../forms/useForm';
import { useMessages } from '../../language/language';
import { FaultNotice } from '../../ui/Notice';
import { Dialog } from '../kit/Dialog';
import { sayDone } from '../kit/toast';
import { useWords } from '../words';
import { ACCOUNTS, invite } from './queries';
import styles from './Users.module.css';
import { peopleWords } from './words';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(peopleWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const form = useForm({
    check: ({ email = '' }) => ({ email: emailFault(email, messages) }),
    send: async ({ email = '', name = '', role }) => {
      await invite({ email, name, role: role as User['role'] }).finally(() =>
        cache.invalidateQueries({ queryKey: ACCOUNTS }),
      );
      sayDone(words.invited(email));
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={words.invite}>
      <Text mb="md">{words.inviteHint}</Text>
      <form className={styles.form} {...form.props}>
        <TextInput
          name="email"
          type="email"
          label={words.email}
          required
          autoComplete="off"
          data-autofocus
          error={form.faults.email}
        />
        <TextInput
          name="name"
          label={words.name}
          autoComplete="off"
          maxLength={100}
          error={form.faults.name}
        />
        <NativeSelect
          name="role"
          label={words.role}
          data={Object.entries(words.roles).map(([value, label]) => ({ value, label }))}
        />
        {form.error && <FaultNotice words={problemWords(form.error, messages)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {messages.cancel}
          </Button>
          <Button type="submit" loading={form.busy}>
            {words.invite}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

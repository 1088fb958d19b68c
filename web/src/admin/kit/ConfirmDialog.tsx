/** Asks before something is lost; the focus begins on the way out, so that a hasty Enter loses nothing. */
import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMessages } from '../../language/language';
import { Dialog } from './Dialog';

interface ConfirmDialogProps {
  question: string;
  hint?: string;
  confirm: string;
  /** The way out, where "Cancel" could mean either. */
  cancel?: string;
  /** Red: what is confirmed can't be taken back easily. */
  dangerous?: boolean;
  busy?: boolean;
  /** What else has to be said or filled in. */
  children?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const messages = useMessages();
  const { question, hint, confirm, cancel = messages.cancel, children, onConfirm, onClose } = props;
  const { dangerous = false, busy = false } = props;
  return (
    <Dialog onClose={onClose} title={question}>
      {hint && <Text mb="md">{hint}</Text>}
      {children}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus={children ? undefined : true}>
          {cancel}
        </Button>
        <Button {...(dangerous && { color: 'red' })} loading={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Dialog>
  );
}

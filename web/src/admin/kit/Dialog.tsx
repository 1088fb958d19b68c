/** A dialog that stands for as long as it is rendered; when it goes, the focus is back where it came from. */
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useMessages } from '../../language/language';

interface DialogProps extends Omit<ModalProps, 'opened' | 'closeButtonProps'> {
  /** How many ways lead out: where "answer", only the buttons inside, so that no slip loses what stands here. */
  leave?: 'anyhow' | 'notBeside' | 'answer';
}

export function Dialog({ leave = 'anyhow', ...rest }: DialogProps) {
  const messages = useMessages();
  useFocusBack();
  return (
    <Modal
      opened
      closeOnClickOutside={leave === 'anyhow'}
      closeOnEscape={leave !== 'answer'}
      withCloseButton={leave !== 'answer'}
      closeButtonProps={{ 'aria-label': messages.close }}
      {...rest}
    />
  );
}

/** Mantine gives the focus back when `opened` changes, which it never does where a dialog goes with its element. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return;
      // What opened it may be gone with what was done: then the page's heading is the nearest place.
      const place =
        before?.isConnected && before !== document.body ? before : document.querySelector('main h1');
      if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    },
    [before],
  );
}

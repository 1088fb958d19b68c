/** A modal on the browser's own dialog: it keeps the focus, gives it back, and closes on Escape by itself. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button, IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, closeLabel, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}

interface QuestionProps {
  question: string;
  hint: string;
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something is lost; the focus begins on closing, so that a hasty Enter loses nothing. */
export function Question({ question, hint, confirm, cancel, onConfirm, onCancel }: QuestionProps) {
  return (
    <Dialog title={question} closeLabel={cancel} onClose={onCancel}>
      <p>{hint}</p>
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{cancel}</Button>
        <Button weight="danger" onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}

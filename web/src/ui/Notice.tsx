/** What a page says instead of its content: nothing here, it went wrong, it is done. */
import type { ReactNode } from 'react';
import { Button } from './Button';
import { Icon } from './Icon';
import styles from './Notice.module.css';

/** Nothing to show, with a way out. `level` is the heading's place in the page's outline; no title where the page has it. */
export function Emptiness({
  title,
  hint,
  children,
  level = 2,
}: {
  title?: string;
  hint: string;
  children?: ReactNode;
  level?: 1 | 2;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.notice}>
      {title && <Heading>{title}</Heading>}
      <p className={styles.hint}>{hint}</p>
      {children}
    </div>
  );
}

export function FaultNotice({ words, again }: { words: string; again?: { label: string; run: () => void } }) {
  return (
    <div role="alert" className={styles.fault}>
      <Icon name="alert" />
      <span>{words}</span>
      {again && <Button onClick={again.run}>{again.label}</Button>}
    </div>
  );
}

export function DoneNotice({ words }: { words: string }) {
  return (
    <p role="status" className={`${styles.fault} ${styles.done}`}>
      <Icon name="check" />
      <span>{words}</span>
    </p>
  );
}

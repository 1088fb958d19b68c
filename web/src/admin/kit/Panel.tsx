/** A part of a page under its own heading. */
import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  title: string;
  hint?: ReactNode;
  /** Beside the heading: a link to all of it, a switch. */
  aside?: ReactNode;
  children: ReactNode;
}

export function Panel({ title, hint, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}

/** A part of the account page under its own heading. */
import { type ReactNode, useId } from 'react';
import styles from './AccountPage.module.css';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

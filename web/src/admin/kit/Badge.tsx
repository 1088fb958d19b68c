/** A state as a word with a sign before it: never by its colour alone. */
import styles from './Badge.module.css';

export type Tone = 'good' | 'waiting' | 'moving' | 'bad' | 'quiet';

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}

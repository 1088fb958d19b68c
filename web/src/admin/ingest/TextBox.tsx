/** Long text of a machine, in a box of its own that a keyboard can scroll. */
import styles from './JobsPage.module.css';

export function TextBox({ label, text }: { label: string; text: string }) {
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <pre className={styles.text} role="group" aria-label={label} tabIndex={0}>
      {text}
    </pre>
  );
}

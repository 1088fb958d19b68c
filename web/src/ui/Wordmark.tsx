/** The name as it is drawn: "on" is the lamp that is switched on. */
import styles from './Wordmark.module.css';

export function Wordmark() {
  return (
    <span className={styles.wordmark} dir="ltr">
      <span aria-hidden="true">shows</span>
      <span aria-hidden="true" className={styles.on}>
        on
      </span>
      <span aria-hidden="true">demand</span>
      <span className="visually-hidden">Shows on Demand</span>
    </span>
  );
}

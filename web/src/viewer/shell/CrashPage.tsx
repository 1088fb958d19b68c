/** What is left when the client has broken; it relies on nothing that may be the cause. */
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { Wordmark } from '../../ui/Wordmark';
import styles from './StrayPage.module.css';

export function CrashPage() {
  const words = useMessages();
  return (
    <main className={styles.page}>
      <Wordmark />
      <h1>{words.crashTitle}</h1>
      <p>{words.crashHint}</p>
      <Button weight="main" icon="restart" onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </main>
  );
}

/** What comes up by itself when the connection is gone. */
import { useSyncExternalStore } from 'react';
import { useMessages } from '../language/language';
import { Icon } from './Icon';
import styles from './OfflineBar.module.css';

function onConnection(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function OfflineBar() {
  const words = useMessages();
  const online = useSyncExternalStore(onConnection, () => navigator.onLine);
  return (
    <div className={styles.bars} role="status">
      {!online && (
        <p className={styles.bar}>
          <Icon name="alert" /> {words.offline}
        </p>
      )}
    </div>
  );
}

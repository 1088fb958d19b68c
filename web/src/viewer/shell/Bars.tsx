/** What comes up by itself: no connection, a new version of the client. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './Shell.module.css';

function onConnection(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function Bars() {
  const words = useMessages();
  const online = useSyncExternalStore(onConnection, () => navigator.onLine);
  const outdated = useOutdated();
  return (
    <div className={styles.bars} role="status">
      {!online && (
        <p className={styles.bar}>
          <Icon name="alert" /> {words.offline}
        </p>
      )}
      {outdated && online && (
        <p className={styles.bar}>
          {words.newVersion}
          <Button weight="main" onClick={() => location.reload()}>
            {words.reload}
          </Button>
        </p>
      )}
    </div>
  );
}

/** True once a piece of this version is gone from the server, because a newer one has taken its place. */
function useOutdated(): boolean {
  const [outdated, setOutdated] = useState(false);
  useEffect(() => {
    const notice = (event: Event) => {
      if (!navigator.onLine) return;
      event.preventDefault();
      setOutdated(true);
    };
    addEventListener('vite:preloadError', notice);
    return () => removeEventListener('vite:preloadError', notice);
  }, []);
  return outdated;
}

/** What stands around every page but the player: header, footer, the bars that come and go. */
import { Suspense, useEffect } from 'react';
import { NavigationType, Outlet, useLocation, useNavigationType } from 'react-router';
import { useMessages } from '../../language/language';
import { Wordmark } from '../../ui/Wordmark';
import { OfflineBar } from '../../ui/OfflineBar';
import { useWatchPageInTime } from '../loadWatchPage';
import { Header } from './Header';
import styles from './Shell.module.css';
import { TabBar } from './TabBar';

export function Shell() {
  const words = useMessages();
  useScrollPlace();
  useWatchPageInTime();
  return (
    <>
      <a className={styles.skip} href="#content">
        {words.skipToContent}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <footer className={styles.footer}>
        <Wordmark />
        <span>{words.footerNote}</span>
      </footer>
      <TabBar />
      <OfflineBar />
    </>
  );
}

const places = new Map<string, number>();

/** A new page begins at its top; going back finds the place where one was. */
function useScrollPlace() {
  const { key } = useLocation();
  const navigation = useNavigationType();
  useEffect(() => {
    if (navigation !== NavigationType.Replace)
      scrollTo(0, navigation === NavigationType.Pop ? (places.get(key) ?? 0) : 0);
    const remember = () => places.set(key, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [key, navigation]);
}

/** When a page itself breaks, or a piece of it can't be fetched: one page that says so, and the way back. */
import { IconReload } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useLocation, useNavigate, useRouteError } from 'react-router';
import { UnreachableError } from '../../api/problem';
import { useMessages } from '../../language/language';
import { PageHead } from '../kit/PageHead';
import { useWords } from '../words';
import styles from './CrashPage.module.css';
import { shellWords } from './words';

export function CrashPage() {
  return useRouteError() instanceof UnreachableError ? <NotFetchedPage /> : <BrokenPage />;
}

function BrokenPage() {
  const messages = useMessages();
  return (
    <div className={styles.page} role="alert">
      <PageHead name={messages.crashTitle} hint={messages.crashHint} />
      <Button leftSection={<IconReload size={18} />} onClick={() => location.reload()}>
        {messages.reload}
      </Button>
    </div>
  );
}

/** No reload: films may be on their way. */
function NotFetchedPage() {
  const messages = useMessages();
  const words = useWords(shellWords);
  const navigate = useNavigate();
  const here = useLocation();
  return (
    <div className={styles.page} role="alert">
      <PageHead name={words.notFetched} hint={words.notFetchedHint} />
      <Button
        leftSection={<IconReload size={18} />}
        onClick={() => void navigate({ ...here }, { replace: true })}
      >
        {messages.tryAgain}
      </Button>
    </div>
  );
}

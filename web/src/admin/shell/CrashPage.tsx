/** When a page itself breaks, or a piece of it can't be fetched: one page that says so, and the way back. */
import { IconReload } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useMessages } from '../../language/language';
import { PageHead } from '../kit/PageHead';
import styles from './CrashPage.module.css';

export function CrashPage() {
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

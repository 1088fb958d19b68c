/** What stands around every page: the way through the rooms at the side, on a phone behind one button, and the account. */
import { Drawer, UnstyledButton } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import type { User } from '../../api/types';
import { useMessages } from '../../language/language';
import { OfflineBar } from '../../ui/OfflineBar';
import { Wordmark } from '../../ui/Wordmark';
import type { Door } from '../room';
import { useWords } from '../words';
import { AccountMenu } from './AccountMenu';
import { Navigation } from './Navigation';
import styles from './Shell.module.css';
import { shellWords } from './words';

interface ShellProps {
  user: User;
  doors: Door[];
  /** What stays on screen across the pages: the uploads. */
  children?: ReactNode;
}

export function Shell({ user, doors, children }: ShellProps) {
  const messages = useMessages();
  const words = useWords(shellWords);
  const [menuOpen, setMenuOpen] = useState(false);
  const brand = (
    <Link className={styles.brand} to="/">
      <Wordmark /> <span className="visually-hidden">{words.administration}</span>
    </Link>
  );
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {messages.skipToContent}
      </a>
      {/* No header: a dialog over the page brings one of its own. */}
      <section className={styles.bar} aria-label={words.administration}>
        <UnstyledButton
          className={styles.menuButton ?? ''}
          aria-label={words.openMenu}
          aria-expanded={menuOpen}
          onClick={() => setMenuOpen(true)}
        >
          <IconMenu2 size={24} />
        </UnstyledButton>
        {brand}
        <AccountMenu user={user} />
      </section>
      <aside className={styles.side}>
        {brand}
        <Navigation user={user} doors={doors} />
        <AccountMenu user={user} wide />
      </aside>
      <Drawer
        opened={menuOpen}
        onClose={() => setMenuOpen(false)}
        size="18rem"
        title={words.administration}
        closeButtonProps={{ 'aria-label': messages.close }}
      >
        <Navigation user={user} doors={doors} onGone={() => setMenuOpen(false)} />
      </Drawer>
      <main id="content" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      {children}
      <OfflineBar />
      <ScrollRestoration />
    </div>
  );
}

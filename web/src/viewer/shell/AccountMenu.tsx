/** The person's own pages behind one button; a list of links, closed by Escape, by leaving it, by choosing. */
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { User } from '../../api/types';
import { useMessages } from '../../language/language';
import { signOut } from '../../session/session';
import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './Header.module.css';

export function AccountMenu({ user }: { user: User }) {
  const words = useMessages();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    menu.current?.querySelector('button')?.focus();
  };
  const closeOnLeaving = (event: FocusEvent) => {
    if (!menu.current?.contains(event.relatedTarget)) setOpen(false);
  };
  const leave = () => {
    void signOut().then(() => navigate('/'));
  };
  return (
    // The handlers watch what happens inside; what is operated are the button and the links.
    // eslint-disable-next-line jsx-a11y-x/no-static-element-interactions
    <div ref={menu} className={styles.person} onKeyDown={closeOnEscape} onBlur={closeOnLeaving}>
      <IconButton
        icon="person"
        label={words.accountMenu}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div className={styles.menu}>
          <span className={styles.who}>{user.name || user.email}</span>
          <Link className={styles.item} to="/history" onClick={() => setOpen(false)}>
            <Icon name="restart" /> {words.history}
          </Link>
          <Link className={styles.item} to="/account" onClick={() => setOpen(false)}>
            <Icon name="person" /> {words.account}
          </Link>
          {user.role !== 'viewer' && (
            // Another client: the browser goes there, not this one's router.
            <a className={styles.item} href="/admin">
              <Icon name="film" /> {words.administration}
            </a>
          )}
          <button type="button" className={styles.item} onClick={leave}>
            <Icon name="back" /> {words.signOut}
          </button>
        </div>
      )}
    </div>
  );
}

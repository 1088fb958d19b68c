/** The bar on top: where one is, the search, the account. */
import { type SubmitEvent, useEffect, useState } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { useMessages } from '../../language/language';
import { signInAddress } from '../../session/nextPage';
import { useSession } from '../../session/session';
import { LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Wordmark } from '../../ui/Wordmark';
import { AccountMenu } from './AccountMenu';
import styles from './Header.module.css';

const SCROLLED_PIXELS = 8;

export function Header() {
  const words = useMessages();
  const session = useSession();
  const location = useLocation();
  const scrolled = useScrolled();
  return (
    <header className={styles.header} data-scrolled={scrolled || undefined}>
      <Link className={styles.brand} to="/">
        <Wordmark />
      </Link>
      <nav className={styles.links} aria-label={words.mainNavigation}>
        <NavLink className={styles.link ?? ''} to="/" end>
          {words.home}
        </NavLink>
        <NavLink className={styles.link ?? ''} to="/browse">
          {words.browse}
        </NavLink>
        <NavLink className={styles.link ?? ''} to="/list">
          {words.myList}
        </NavLink>
      </nav>
      {location.pathname !== '/browse' && <SearchBox />}
      {session.status === 'somebody' && <AccountMenu user={session.user} />}
      {session.status === 'nobody' && !location.pathname.startsWith('/login') && (
        <LinkButton to={signInAddress(location)}>{words.signIn}</LinkButton>
      )}
    </header>
  );
}

function SearchBox() {
  const words = useMessages();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    void navigate(`/browse?${new URLSearchParams({ q: text }).toString()}`);
    setText('');
  };
  return (
    <form role="search" className={styles.search} onSubmit={search}>
      <Icon name="search" />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={words.searchLabel}
        placeholder={words.search}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(scrollY > SCROLLED_PIXELS);
    look();
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);
  return scrolled;
}

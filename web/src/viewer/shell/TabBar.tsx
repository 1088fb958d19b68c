/** On a phone the ways through the house lie under the thumb. */
import { NavLink } from 'react-router';
import { useMessages } from '../../language/language';
import { Icon, type IconName } from '../../ui/Icon';
import styles from './TabBar.module.css';

export function TabBar() {
  const words = useMessages();
  const tabs: [address: string, icon: IconName, name: string][] = [
    ['/', 'home', words.home],
    ['/browse', 'search', words.browse],
    ['/list', 'list', words.myList],
    ['/account', 'person', words.account],
  ];
  return (
    <nav className={styles.tabs} aria-label={words.mainNavigation}>
      {tabs.map(([address, icon, name]) => (
        <NavLink key={address} className={styles.tab ?? ''} to={address} end={address === '/'}>
          <Icon name={icon} size="1.4rem" />
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

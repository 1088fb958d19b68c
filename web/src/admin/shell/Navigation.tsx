/** The doors that the person may open, in groups. */
import { NavLink } from 'react-router';
import type { User } from '../../api/types';
import { useLanguage, useMessages } from '../../language/language';
import type { Door, Group } from '../room';
import { holds } from '../staff';
import { useWords, wordsIn } from '../words';
import styles from './Navigation.module.css';
import { shellWords } from './words';

const GROUPS: Group[] = ['work', 'tools', 'house'];

interface NavigationProps {
  user: User;
  doors: Door[];
  onGone?: () => void;
}

export function Navigation({ user, doors, onGone }: NavigationProps) {
  const messages = useMessages();
  const words = useWords(shellWords);
  const language = useLanguage();
  const open = doors.filter((door) => holds(user, door.right));
  return (
    <nav className={styles.nav} aria-label={messages.mainNavigation}>
      {GROUPS.map((group) => {
        const inGroup = open.filter((door) => door.group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group}>
            <h2 className={styles.group} id={`nav-${group}`}>
              {words.groups[group]}
            </h2>
            <ul aria-labelledby={`nav-${group}`}>
              {inGroup.map(({ to, name, icon: Sign, ownDocument = false }) => (
                <li key={to}>
                  <NavLink
                    className={styles.door ?? ''}
                    to={to}
                    end={to === '/'}
                    reloadDocument={ownDocument}
                    onClick={onGone}
                  >
                    <Sign size={20} stroke={1.75} />
                    {wordsIn(name, language)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

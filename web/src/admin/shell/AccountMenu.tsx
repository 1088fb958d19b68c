/** Who is signed in, and as what; the way to the viewers' client and out. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconDeviceTv, IconLanguage, IconLogout, IconUserCircle } from '@tabler/icons-react';
import type { User } from '../../api/types';
import { LANGUAGES, useLanguage, useMessages } from '../../language/language';
import { setPreferences } from '../../preferences/preferences';
import { signOut } from '../../session/session';
import { sayProblem } from '../kit/toast';
import { useWords } from '../words';
import styles from './AccountMenu.module.css';
import { shellWords } from './words';

export function AccountMenu({ user, wide = false }: { user: User; wide?: boolean }) {
  const messages = useMessages();
  const words = useWords(shellWords);
  const language = useLanguage();
  const leave = () => void signOut().catch((error: unknown) => sayProblem(error, messages));
  return (
    <Menu width={240} position={wide ? 'top-start' : 'bottom-end'}>
      <Menu.Target>
        <UnstyledButton
          className={styles.button ?? ''}
          data-wide={wide || undefined}
          {...(!wide && { 'aria-label': `${words.yourAccount}: ${user.name || user.email}` })}
        >
          <IconUserCircle size={26} stroke={1.5} />
          {wide && (
            <span className={styles.who}>
              <span className={styles.name}>{user.name || user.email}</span>
              <span className={styles.role}>{words.roles[user.role]}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="/" leftSection={<IconDeviceTv size={18} />}>
          {words.toViewer}
        </Menu.Item>
        <Menu.Item component="a" href="/account" leftSection={<IconUserCircle size={18} />}>
          {messages.account}
        </Menu.Item>
        <Menu.Divider />
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<IconLanguage size={18} />}
            disabled={code === language}
            onClick={() => setPreferences({ language: code })}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={leave}>
          {messages.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

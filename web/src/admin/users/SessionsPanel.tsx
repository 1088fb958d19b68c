/** Where somebody is signed in, and how that ends. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { User } from '../../api/types';
import { deviceName } from '../../session/deviceName';
import { Loaded } from '../kit/Loaded';
import { Panel } from '../kit/Panel';
import { useAct } from '../kit/useAct';
import { When } from '../kit/When';
import { useWords } from '../words';
import { ACCOUNTS, endAllSessions, endSession, sessionsOf } from './queries';
import styles from './Users.module.css';
import { peopleWords } from './words';

export function SessionsPanel({ user }: { user: User }) {
  const words = useWords(peopleWords);
  const query = useQuery(sessionsOf(user.id));
  const { act, busy } = useAct(ACCOUNTS);
  return (
    <Panel
      title={words.sessions}
      aside={
        query.data &&
        query.data.length > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={busy}
            onClick={() => void act(() => endAllSessions(user.id), words.ended)}
          >
            {words.endAll}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p className={styles.quiet}>{words.sessionsNone}</p>
          ) : (
            <ul>
              {sessions.map((session) => (
                <li key={session.id} className={styles.row}>
                  <span className={styles.person}>
                    <span>
                      {deviceName(session.device)} {session.current && `· ${words.thisDevice}`}
                    </span>
                    <span className={styles.quiet}>
                      {session.address} · {words.seen} <When at={session.lastSeenAt} />
                    </span>
                  </span>
                  {!session.current && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={busy}
                      aria-label={words.endOn(deviceName(session.device))}
                      onClick={() => void act(() => endSession(user.id, session.id), words.ended)}
                    >
                      {words.end}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

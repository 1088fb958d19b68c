/** Where the account is signed in, and the way to end that. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionDetail } from '../../api/types';
import { dateAndTime } from '../../language/format';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { FaultNotice } from '../../ui/Notice';
import { Skeleton } from '../../ui/Skeleton';
import { problemWords } from '../../forms/problemWords';
import styles from './AccountPage.module.css';
import { deviceName } from '../../session/deviceName';
import { endOtherSessions, endSession, sessions } from './queries';
import { Section } from './Section';

export function DevicesSection() {
  const words = useMessages();
  const cache = useQueryClient();
  const signedIn = useQuery(sessions);
  const ending = useMutation({
    mutationFn: (end: () => Promise<void>) => end(),
    onSettled: () => cache.invalidateQueries({ queryKey: sessions.queryKey }),
  });
  const all = signedIn.data?.items ?? [];
  const others = all.filter((session) => !session.current);
  const failed = signedIn.error ?? ending.error;
  return (
    <Section title={words.devices}>
      {signedIn.isPending && <Skeleton blockSize="3.5rem" />}
      {failed && (
        <FaultNotice
          words={problemWords(failed, words)}
          again={{ label: words.tryAgain, run: () => void signedIn.refetch() }}
        />
      )}
      <ul>
        {all.map((session) => (
          <Device
            key={session.id}
            session={session}
            onEnd={() => ending.mutate(() => endSession(session.id))}
          />
        ))}
      </ul>
      {others.length > 1 && (
        <Button weight="danger" onClick={() => ending.mutate(endOtherSessions)}>
          {words.endOtherSessions}
        </Button>
      )}
    </Section>
  );
}

function Device({ session, onEnd }: { session: SessionDetail; onEnd: () => void }) {
  const words = useMessages();
  const name = deviceName(session.device) || words.unknownDevice;
  return (
    <li className={styles.session}>
      <span>
        <span className={styles.device}>
          {name} {session.current && <span className={styles.dim}>({words.thisDevice})</span>}
        </span>
        <span className={styles.dim}>
          {words.lastSeen(dateAndTime(session.lastSeenAt))} · {session.address}
        </span>
      </span>
      {!session.current && (
        <Button aria-label={words.endSession(name)} onClick={onEnd}>
          {words.signOut}
        </Button>
      )}
    </li>
  );
}

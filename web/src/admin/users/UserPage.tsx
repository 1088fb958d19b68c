/** One account: its role, whether it may come in, where it is signed in; and its end. */
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import type { User } from '../../api/types';
import { useSession } from '../../session/session';
import { Emptiness } from '../../ui/Notice';
import { BackLink } from '../kit/BackLink';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { Loaded } from '../kit/Loaded';
import { PageHead } from '../kit/PageHead';
import { Panel } from '../kit/Panel';
import { useAct } from '../kit/useAct';
import { useWords } from '../words';
import { AccountBadge } from './AccountBadge';
import { ACCOUNTS, deleteAccount, giveRole, person, reinstate, sendReset, suspend } from './queries';
import { SessionsPanel } from './SessionsPanel';
import styles from './Users.module.css';
import { peopleWords } from './words';

export function UserPage() {
  const { userId = '' } = useParams();
  const words = useWords(peopleWords);
  const query = useQuery(person(userId));
  if (hasStatus(query.error, 404, 422))
    return (
      <>
        <PageHead name={words.notFound} above={<ToList />} />
        <Emptiness hint={words.notFoundHint} />
      </>
    );
  return <Loaded query={query}>{(user) => <Account user={user} />}</Loaded>;
}

function ToList() {
  const words = useWords(peopleWords);
  return <BackLink to="/users">{words.toList}</BackLink>;
}

function Account({ user }: { user: User }) {
  const words = useWords(peopleWords);
  const session = useSession();
  const isOwn = session.status === 'somebody' && session.user.id === user.id;
  return (
    <>
      <PageHead
        name={user.name || user.email}
        above={<ToList />}
        hint={
          <>
            {user.name ? `${user.email} ` : ''}
            <AccountBadge user={user} /> {isOwn && words.you}
          </>
        }
      >
        <Button component={Link} variant="default" to={`/audit?actor=${user.id}`}>
          {words.audit}
        </Button>
        <Button component={Link} variant="default" to={`/audit?target=${user.id}`}>
          {words.auditOf}
        </Button>
      </PageHead>
      <div className={styles.page}>
        <AccessPanel user={user} />
        <SessionsPanel user={user} />
        <EndPanel user={user} />
      </div>
    </>
  );
}

function AccessPanel({ user }: { user: User }) {
  const words = useWords(peopleWords);
  const { act, busy } = useAct(ACCOUNTS);
  const [asking, setAsking] = useState(false);
  const [wanted, setWanted] = useState<User['role'] | null>(null);
  return (
    <Panel title={words.access}>
      <div className={styles.access}>
        <NativeSelect
          label={words.role}
          description={words.roleHints[user.role]}
          value={user.role}
          disabled={busy}
          data={Object.entries(words.roles).map(([value, label]) => ({ value, label }))}
          // Asked first: an arrow key too many would make somebody an administrator.
          onChange={(event) => setWanted(event.currentTarget.value as User['role'])}
        />
        <div className={styles.buttons}>
          <Button
            variant="default"
            disabled={busy || user.suspended}
            onClick={() => void act(() => sendReset(user.id), words.resetSent(user.email))}
          >
            {words.reset}
          </Button>
          {user.suspended ? (
            <Button loading={busy} onClick={() => void act(() => reinstate(user.id), words.reinstated)}>
              {words.reinstate}
            </Button>
          ) : (
            <Button color="red" variant="outline" disabled={busy} onClick={() => setAsking(true)}>
              {words.suspend}
            </Button>
          )}
        </div>
      </div>
      {wanted && (
        <ConfirmDialog
          question={words.roleQuestion(user.name || user.email, words.roles[wanted])}
          hint={words.roleHints[wanted]}
          confirm={words.giveRole}
          busy={busy}
          onConfirm={() =>
            void act(() => giveRole(user.id, wanted), words.roleGiven).then(() => setWanted(null))
          }
          onClose={() => setWanted(null)}
        />
      )}
      {asking && (
        <ConfirmDialog
          question={words.suspendQuestion(user.name || user.email)}
          hint={words.suspendHint}
          confirm={words.suspend}
          dangerous
          busy={busy}
          onConfirm={() => void act(() => suspend(user.id), words.suspendedDone).then(() => setAsking(false))}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}

function EndPanel({ user }: { user: User }) {
  const words = useWords(peopleWords);
  const navigate = useNavigate();
  const { act, busy } = useAct(ACCOUNTS);
  const [asking, setAsking] = useState(false);
  const end = async () => {
    const done = await act(() => deleteAccount(user.id), words.deleted);
    setAsking(false);
    if (done) void navigate('/users');
  };
  return (
    <Panel title={words.danger} hint={words.dangerHint}>
      <Button color="red" variant="outline" onClick={() => setAsking(true)}>
        {words.delete}
      </Button>
      {asking && (
        <ConfirmDialog
          question={words.deleteQuestion(user.name || user.email)}
          hint={words.dangerHint}
          confirm={words.delete}
          dangerous
          busy={busy}
          onConfirm={() => void end()}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}

/** Lets the staff in; strangers go to sign in, and a viewer is told what is missing. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { User } from '../../api/types';
import { useMessages } from '../../language/language';
import { SignedInOnly } from '../../session/SignedInOnly';
import { signOut, useSession } from '../../session/session';
import { DoorPage } from '../../ui/DoorPage';
import { sayProblem } from '../kit/toast';
import { shellWords } from '../shell/words';
import { holds } from '../staff';
import { useWords } from '../words';

export function StaffOnly({ children }: { children: (user: User) => ReactNode }) {
  const session = useSession();
  return (
    <SignedInOnly waiting={null}>
      {session.status === 'somebody' &&
        (holds(session.user, 'staff') ? children(session.user) : <NotStaff email={session.user.email} />)}
    </SignedInOnly>
  );
}

function NotStaff({ email }: { email: string }) {
  const messages = useMessages();
  const words = useWords(shellWords);
  const leave = () => void signOut().catch((error: unknown) => sayProblem(error, messages));
  return (
    <main>
      <DoorPage
        name={words.notStaff}
        title={words.notStaff}
        hint={`${email}: ${words.notStaffHint}`}
        links={<a href="/">{words.toViewer}</a>}
      >
        <Button onClick={leave}>{messages.signOut}</Button>
      </DoorPage>
    </main>
  );
}

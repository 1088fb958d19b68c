/** The door of the admin: signing in, and on to where one was going. With nobody to sign in, the way to the first one. */
import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearchParams } from 'react-router';
import { useMessages } from '../../language/language';
import { nextPage } from '../../session/nextPage';
import { useSession } from '../../session/session';
import { SignInForm } from '../../session/SignInForm';
import { DoorPage } from '../../ui/DoorPage';
import { Wordmark } from '../../ui/Wordmark';
import { shellWords } from '../shell/words';
import { useWords } from '../words';
import { setupState } from './queries';
import styles from './SignInPage.module.css';

export function SignInPage() {
  const messages = useMessages();
  const words = useWords(shellWords);
  const [search] = useSearchParams();
  const session = useSession();
  const setup = useQuery(setupState);
  if (session.status === 'somebody') return <Navigate to={nextPage(search)} replace />;
  if (setup.data?.needed) return <NotSetUp />;
  return (
    <main>
      <DoorPage
        name={messages.signIn}
        title={words.welcome}
        links={
          // The way to a new password is the same for everybody, and belongs to the viewers' client.
          <a href="/forgot">{messages.forgotPassword}</a>
        }
      >
        <p className={styles.where}>
          <Wordmark /> {words.administration}
        </p>
        <SignInForm className={styles.form} />
      </DoorPage>
    </main>
  );
}

/** The link itself is for whoever reads the log, and for nobody else. */
function NotSetUp() {
  const words = useWords(shellWords);
  return (
    <main>
      <DoorPage name={words.notSetUp} title={words.notSetUp} hint={words.notSetUpHint}>
        <div className={styles.form}>
          <p>{words.setUpByCommand}</p>
          <code className={styles.command}>showsondemand create-admin {words.someEmail}</code>
        </div>
      </DoorPage>
    </main>
  );
}

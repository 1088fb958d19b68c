/** The door of the admin: signing in, and on to where one was going. */
import { Navigate, useSearchParams } from 'react-router';
import { useMessages } from '../../language/language';
import { nextPage } from '../../session/nextPage';
import { useSession } from '../../session/session';
import { SignInForm } from '../../session/SignInForm';
import { DoorPage } from '../../ui/DoorPage';
import { Wordmark } from '../../ui/Wordmark';
import { shellWords } from '../shell/words';
import { useWords } from '../words';
import styles from './SignInPage.module.css';

export function SignInPage() {
  const messages = useMessages();
  const words = useWords(shellWords);
  const [search] = useSearchParams();
  const session = useSession();
  if (session.status === 'somebody') return <Navigate to={nextPage(search)} replace />;
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

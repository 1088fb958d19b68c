/** Signing in, and back to where one was. */
import { Link, Navigate, useSearchParams } from 'react-router';
import { useMessages } from '../../language/language';
import { nextPage } from '../../session/nextPage';
import { useSession } from '../../session/session';
import { SignInForm } from '../../session/SignInForm';
import { DoorPage } from '../../ui/DoorPage';
import styles from '../../ui/DoorPage.module.css';

export function LoginPage() {
  const words = useMessages();
  const [search] = useSearchParams();
  const session = useSession();
  if (session.status === 'somebody') return <Navigate to={nextPage(search)} replace />;
  return (
    <DoorPage
      name={words.signIn}
      title={words.welcomeBack}
      links={
        <>
          <span>
            {words.noAccountYet} <Link to={`/register?${search.toString()}`}>{words.register}</Link>
          </span>
          <Link to="/forgot">{words.forgotPassword}</Link>
        </>
      }
    >
      <SignInForm className={styles.form} />
    </DoorPage>
  );
}

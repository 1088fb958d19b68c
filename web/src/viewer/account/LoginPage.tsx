/** Signing in, and back to where one was. */
import { Link, Navigate, useSearchParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { nextPage } from '../../session/nextPage';
import { signIn, useSession } from '../../session/session';
import { Button } from '../../ui/Button';
import { PasswordField, TextField } from '../../ui/Field';
import { FaultNotice } from '../../ui/Notice';
import { problemWords } from '../problemWords';
import { DoorPage } from './DoorPage';
import styles from './DoorPage.module.css';
import { emailFault } from './formFaults';
import { useForm } from './useForm';

export function LoginPage() {
  const words = useMessages();
  const [search] = useSearchParams();
  const session = useSession();
  const form = useForm({
    check: ({ email = '', password }) => ({
      email: emailFault(email, words),
      password: password ? undefined : words.required,
    }),
    send: ({ email = '', password = '' }) => signIn(email, password),
  });
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
      <form className={styles.form} {...form.props}>
        {form.error && (
          <FaultNotice
            words={hasStatus(form.error, 401) ? words.badCredentials : problemWords(form.error, words)}
          />
        )}
        <TextField
          label={words.email}
          name="email"
          type="email"
          autoComplete="username"
          fault={form.faults.email}
        />
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="current-password"
          fault={form.faults.password}
          showLabel={words.showPassword}
          hideLabel={words.hidePassword}
        />
        <Button weight="main" type="submit" busy={form.busy}>
          {words.signIn}
        </Button>
      </form>
    </DoorPage>
  );
}

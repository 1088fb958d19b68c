/** A new account, signed in at once. */
import { Link, Navigate, useSearchParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { nextPage } from '../../session/nextPage';
import { register, useSession } from '../../session/session';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import { DoorPage } from '../../ui/DoorPage';
import styles from '../../ui/DoorPage.module.css';
import { EmailField, NewPasswordField } from '../../forms/AccountFields';
import { emailFault, newPasswordFault } from '../../forms/formFaults';
import { useForm } from '../../forms/useForm';

export function RegisterPage() {
  const words = useMessages();
  const [search] = useSearchParams();
  const session = useSession();
  const form = useForm({
    check: ({ email = '', password = '' }) => ({
      email: emailFault(email, words),
      password: newPasswordFault(password, words),
    }),
    send: ({ email = '', password = '', name = '' }) => register(email, password, name),
  });
  if (session.status === 'somebody') return <Navigate to={nextPage(search)} replace />;
  return (
    <DoorPage
      name={words.register}
      title={words.joinUs}
      links={
        <span>
          {words.haveAccount} <Link to={`/login?${search.toString()}`}>{words.signIn}</Link>
        </span>
      }
    >
      <form className={styles.form} {...form.props}>
        {form.error && (
          <FaultNotice
            words={hasStatus(form.error, 409) ? words.emailTaken : problemWords(form.error, words)}
          />
        )}
        <TextField
          label={words.name}
          aside={words.optional}
          name="name"
          autoComplete="name"
          fault={form.faults.name}
        />
        <EmailField fault={form.faults.email} />
        <NewPasswordField label={words.password} fault={form.faults.password} />
        <Button weight="main" type="submit" busy={form.busy}>
          {words.register}
        </Button>
      </form>
    </DoorPage>
  );
}

/** The first visit, by the link in the log: makes the first administrator and leads to the first upload. */
import { Link, Navigate, useSearchParams } from 'react-router';
import { adopt } from '../../api/accessToken';
import { api } from '../../api/client';
import { answered, hasStatus } from '../../api/problem';
import { EmailField, NewPasswordField } from '../../forms/AccountFields';
import { emailFault, LEAST_STAFF_PASSWORD_CHARACTERS, newPasswordFault } from '../../forms/formFaults';
import { problemWords } from '../../forms/problemWords';
import { useForm } from '../../forms/useForm';
import { useMessages } from '../../language/language';
import { useSession } from '../../session/session';
import { Button } from '../../ui/Button';
import { DoorPage } from '../../ui/DoorPage';
import { FaultNotice } from '../../ui/Notice';
import { useWords } from '../words';
import styles from './SetupPage.module.css';
import { setupWords } from './words';

export function SetupPage() {
  const words = useWords(setupWords);
  const session = useSession();
  const [search] = useSearchParams();
  const code = search.get('code') ?? '';
  if (session.status === 'somebody') return <Navigate to="/uploads" replace />;
  return (
    <main>
      <DoorPage
        name={words.setUp}
        title={words.title}
        hint={words.hint}
        links={<Link to="/login">{words.signIn}</Link>}
      >
        {code ? <FirstAdminForm code={code} /> : <FaultNotice words={words.codeMissing} />}
      </DoorPage>
    </main>
  );
}

function FirstAdminForm({ code }: { code: string }) {
  const messages = useMessages();
  const words = useWords(setupWords);
  const form = useForm({
    check: ({ email = '', password = '' }) => ({
      email: emailFault(email, messages),
      password: newPasswordFault(password, messages, LEAST_STAFF_PASSWORD_CHARACTERS),
    }),
    send: async ({ email = '', password = '' }) =>
      adopt(await answered(api.POST('/auth/setup', { body: { email, password, code } }))),
  });
  const said = hasStatus(form.error, 403) ? words.codeWrong : hasStatus(form.error, 409) ? words.done : null;
  return (
    <form className={styles.form} {...form.props}>
      {form.error && <FaultNotice words={said ?? problemWords(form.error, messages)} />}
      <EmailField fault={form.faults.email} />
      <NewPasswordField
        label={messages.password}
        fault={form.faults.password}
        least={LEAST_STAFF_PASSWORD_CHARACTERS}
      />
      <Button weight="main" type="submit" busy={form.busy}>
        {words.make}
      </Button>
    </form>
  );
}

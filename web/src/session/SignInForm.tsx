/** E-mail and password, checked and sent: the same form at every client's door. */
import { hasStatus } from '../api/problem';
import { CurrentPasswordField, EmailField } from '../forms/AccountFields';
import { emailFault } from '../forms/formFaults';
import { problemWords } from '../forms/problemWords';
import { useForm } from '../forms/useForm';
import { useMessages } from '../language/language';
import { Button } from '../ui/Button';
import { FaultNotice } from '../ui/Notice';
import { signIn, useSession } from './session';

export function SignInForm({ className }: { className: string | undefined }) {
  const words = useMessages();
  const session = useSession();
  const form = useForm({
    check: ({ email = '', password }) => ({
      email: emailFault(email, words),
      password: password ? undefined : words.required,
    }),
    send: ({ email = '', password = '' }) => signIn(email, password),
  });
  return (
    <form className={className} {...form.props}>
      {session.status === 'nobody' && session.hasEnded && !form.error && (
        <FaultNotice words={words.sessionEnded} />
      )}
      {form.error && (
        <FaultNotice
          words={hasStatus(form.error, 401) ? words.badCredentials : problemWords(form.error, words)}
        />
      )}
      <EmailField fault={form.faults.email} />
      <CurrentPasswordField label={words.password} name="password" fault={form.faults.password} />
      <Button weight="main" type="submit" busy={form.busy}>
        {words.signIn}
      </Button>
    </form>
  );
}

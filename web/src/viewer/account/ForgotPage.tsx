/** Asking for a link to a new password; the answer is the same whether the account exists or not. */
import { Link } from 'react-router';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { DoneNotice, FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import { DoorPage } from '../../ui/DoorPage';
import styles from '../../ui/DoorPage.module.css';
import { EmailField } from '../../forms/AccountFields';
import { emailFault } from '../../forms/formFaults';
import { askForResetLink } from './queries';
import { useForm } from '../../forms/useForm';

export function ForgotPage() {
  const words = useMessages();
  const form = useForm({
    check: ({ email = '' }) => ({ email: emailFault(email, words) }),
    send: ({ email = '' }) => askForResetLink(email),
  });
  return (
    <DoorPage
      name={words.forgotTitle}
      title={words.forgotTitle}
      hint={words.forgotHint}
      links={<Link to="/login">{words.signIn}</Link>}
    >
      {form.done ? (
        <DoneNotice words={words.linkSent} />
      ) : (
        <form className={styles.form} {...form.props}>
          {form.error && <FaultNotice words={problemWords(form.error, words)} />}
          <EmailField fault={form.faults.email} />
          <Button weight="main" type="submit" busy={form.busy}>
            {words.sendLink}
          </Button>
        </form>
      )}
    </DoorPage>
  );
}

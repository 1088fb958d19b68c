/** A new password by the link of a mail: another one, or the first of somebody who was invited. */
import { Link, useSearchParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { DoneNotice, FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import { DoorPage } from '../../ui/DoorPage';
import styles from '../../ui/DoorPage.module.css';
import { NewPasswordField } from '../../forms/AccountFields';
import { newPasswordFault } from '../../forms/formFaults';
import { resetPassword } from './queries';
import { useForm } from '../../forms/useForm';

export function ResetPage({ invited = false }: { invited?: boolean }) {
  const words = useMessages();
  const [search] = useSearchParams();
  const form = useForm({
    check: ({ password = '' }) => ({ password: newPasswordFault(password, words) }),
    send: ({ password = '' }) => resetPassword(search.get('token') ?? '', password),
  });
  const spent = hasStatus(form.error, 422);
  return (
    <DoorPage
      name={invited ? words.invitedTitle : words.resetTitle}
      title={invited ? words.invitedTitle : words.resetTitle}
      links={
        <>
          <Link to="/login">{words.signIn}</Link>
          <Link to="/forgot">{words.forgotPassword}</Link>
        </>
      }
    >
      {form.done ? (
        <DoneNotice words={invited ? words.invitedDone : words.resetDone} />
      ) : (
        <form className={styles.form} {...form.props}>
          {form.error && <FaultNotice words={spent ? words.linkUsedUp : problemWords(form.error, words)} />}
          <NewPasswordField
            label={invited ? words.password : words.newPassword}
            fault={form.faults.password}
          />
          <Button weight="main" type="submit" busy={form.busy}>
            {words.save}
          </Button>
        </form>
      )}
    </DoorPage>
  );
}

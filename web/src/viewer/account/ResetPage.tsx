/** A new password by the link of a mail: another one, or the first of somebody who was invited. */
import { useQuery } from '@tanstack/react-query';
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
import { passwordLink, resetPassword } from './queries';
import { useForm } from '../../forms/useForm';

export function ResetPage({ invited = false }: { invited?: boolean }) {
  const words = useMessages();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
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
      {token ? (
        <Opened token={token} invited={invited} />
      ) : (
        // Cut off on the way from the mail.
        <FaultNotice words={words.linkIncomplete} />
      )}
    </DoorPage>
  );
}

interface ByLinkProps {
  token: string;
  invited: boolean;
}

/** Looks first whether the link is still good, and what it asks for: nobody thinks up a password in vain. */
function Opened({ token, invited }: ByLinkProps) {
  const words = useMessages();
  const link = useQuery(passwordLink(token));
  if (link.isPending) return <p role="status">{words.loading}</p>;
  if (hasStatus(link.error, 422)) return <FaultNotice words={words.linkUsedUp} />;
  if (link.isError)
    return (
      <FaultNotice
        words={problemWords(link.error, words)}
        again={{ label: words.tryAgain, run: () => void link.refetch() }}
      />
    );
  return <ChoosePassword token={token} invited={invited} least={link.data.leastCharacters} />;
}

function ChoosePassword({ token, invited, least }: ByLinkProps & { least: number }) {
  const words = useMessages();
  const form = useForm({
    check: ({ password = '' }) => ({ password: newPasswordFault(password, words, least) }),
    send: ({ password = '' }) => resetPassword(token, password),
  });
  const spent = hasStatus(form.error, 422);
  if (form.done) return <DoneNotice words={invited ? words.invitedDone : words.resetDone} />;
  return (
    <form className={styles.form} {...form.props}>
      {form.error && <FaultNotice words={spent ? words.linkUsedUp : problemWords(form.error, words)} />}
      <NewPasswordField
        label={invited ? words.password : words.newPassword}
        least={least}
        fault={form.faults.password}
      />
      <Button weight="main" type="submit" busy={form.busy}>
        {words.save}
      </Button>
    </form>
  );
}

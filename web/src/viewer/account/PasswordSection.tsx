/** A new password for whoever knows the present one. */
import { hasStatus } from '../../api/problem';
import type { User } from '../../api/types';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { DoneNotice, FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import styles from './AccountPage.module.css';
import { CurrentPasswordField, NewPasswordField } from '../../forms/AccountFields';
import { leastPasswordCharacters, newPasswordFault } from '../../forms/formFaults';
import { saveProfile } from './queries';
import { Section } from './Section';
import { useForm } from '../../forms/useForm';

export function PasswordSection({ user }: { user: User }) {
  const words = useMessages();
  const least = leastPasswordCharacters(user);
  const form = useForm({
    check: ({ currentPassword, password = '' }) => ({
      currentPassword: currentPassword ? undefined : words.required,
      password: newPasswordFault(password, words, least),
    }),
    send: ({ currentPassword = '', password = '' }) =>
      saveProfile({ email: user.email, name: user.name, currentPassword, password }),
  });
  return (
    <Section title={words.changePassword}>
      {form.done ? (
        <DoneNotice words={words.passwordChanged} />
      ) : (
        <form className={styles.form} {...form.props}>
          {form.error && (
            <FaultNotice
              words={
                hasStatus(form.error, 403) ? words.currentPasswordWrong : problemWords(form.error, words)
              }
            />
          )}
          <CurrentPasswordField
            label={words.currentPassword}
            name="currentPassword"
            fault={form.faults.currentPassword}
          />
          <NewPasswordField label={words.newPassword} least={least} fault={form.faults.password} />
          <Button type="submit" busy={form.busy}>
            {words.changePassword}
          </Button>
        </form>
      )}
    </Section>
  );
}

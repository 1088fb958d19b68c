/** Name and e-mail; a new e-mail asks for the password as well. */
import { useState } from 'react';
import { hasStatus } from '../../api/problem';
import type { User } from '../../api/types';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { PasswordField, TextField } from '../../ui/Field';
import { DoneNotice, FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import styles from './AccountPage.module.css';
import { emailFault } from '../../forms/formFaults';
import { saveProfile } from './queries';
import { Section } from './Section';
import { useForm } from '../../forms/useForm';

export function ProfileSection({ user }: { user: User }) {
  const words = useMessages();
  const [email, setEmail] = useState(user.email);
  const moves = email.trim() !== user.email;
  const form = useForm({
    check: (values) => ({
      email: emailFault(values.email ?? '', words),
      currentPassword: moves && !values.currentPassword ? words.required : undefined,
    }),
    send: (values) =>
      saveProfile({
        email: values.email ?? '',
        name: values.name ?? '',
        ...(moves && { currentPassword: values.currentPassword ?? '' }),
      }),
  });
  return (
    <Section title={words.profile}>
      <form className={styles.form} {...form.props}>
        {form.error && (
          <FaultNotice
            words={hasStatus(form.error, 403) ? words.currentPasswordWrong : problemWords(form.error, words)}
          />
        )}
        {form.done && <DoneNotice words={words.saved} />}
        <TextField
          label={words.name}
          name="name"
          autoComplete="name"
          defaultValue={user.name}
          fault={form.faults.name}
        />
        <TextField
          label={words.email}
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          fault={form.faults.email}
        />
        {moves && (
          <PasswordField
            label={words.currentPassword}
            name="currentPassword"
            autoComplete="current-password"
            hint={words.currentPasswordNeeded}
            fault={form.faults.currentPassword}
            showLabel={words.showPassword}
            hideLabel={words.hidePassword}
          />
        )}
        <Button type="submit" busy={form.busy}>
          {words.save}
        </Button>
      </form>
    </Section>
  );
}

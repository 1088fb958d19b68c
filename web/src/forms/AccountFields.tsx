/** The fields that every form about an account has, each by one name for password managers. */
import { useMessages } from '../language/language';
import { PasswordField, TextField } from '../ui/Field';
import { LEAST_PASSWORD_CHARACTERS } from './formFaults';

interface AccountFieldProps {
  fault: string | undefined;
}

export function EmailField({ fault }: AccountFieldProps) {
  const words = useMessages();
  return <TextField label={words.email} name="email" type="email" autoComplete="username" fault={fault} />;
}

interface CurrentPasswordFieldProps extends AccountFieldProps {
  label: string;
  name: string;
}

export function CurrentPasswordField({ label, name, fault }: CurrentPasswordFieldProps) {
  const words = useMessages();
  return (
    <PasswordField
      label={label}
      name={name}
      autoComplete="current-password"
      fault={fault}
      showLabel={words.showPassword}
      hideLabel={words.hidePassword}
    />
  );
}

interface NewPasswordFieldProps extends AccountFieldProps {
  label: string;
  least?: number;
}

/** Says beside it what makes a good one. */
export function NewPasswordField({ label, fault, least = LEAST_PASSWORD_CHARACTERS }: NewPasswordFieldProps) {
  const words = useMessages();
  return (
    <PasswordField
      label={label}
      name="password"
      autoComplete="new-password"
      hint={words.passwordHint(least)}
      fault={fault}
      showLabel={words.showPassword}
      hideLabel={words.hidePassword}
    />
  );
}

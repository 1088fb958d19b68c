/** Buttons and links that look like them: one main thing to do a page, the rest quiet. */
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon';

type Weight = 'main' | 'quiet' | 'bare' | 'danger';

interface Look {
  weight?: Weight;
  icon?: IconName;
  children: ReactNode;
}

type ButtonProps = Look & { busy?: boolean } & Omit<ComponentProps<'button'>, 'className'>;

export function Button({ weight = 'quiet', icon, busy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[weight]}`}
      aria-disabled={busy || undefined}
      // A busy button keeps its focus, which a disabled one would lose.
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy ? <span className={styles.spinner} /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function IconButton({
  icon,
  label,
  ...rest
}: { icon: IconName; label: string } & Omit<ComponentProps<'button'>, 'className' | 'children'>) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles.bare} ${styles.icon}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}

export function LinkButton({
  weight = 'quiet',
  icon,
  children,
  ...rest
}: Look & Omit<ComponentProps<typeof Link>, 'className'>) {
  return (
    <Link className={`${styles.button} ${styles[weight]}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

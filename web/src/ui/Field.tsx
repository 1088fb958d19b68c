/** Form fields with a visible label, a hint, and the fault beside what it is about. */
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { IconButton } from './Button';
import styles from './Field.module.css';
import { Icon } from './Icon';

interface Labelled {
  label: string;
  aside?: string;
  hint?: string | undefined;
  fault?: string | undefined;
}

function describedBy(id: string, { hint, fault }: Labelled): string | undefined {
  return [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
}

function Frame({ id, label, aside, hint, fault, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label} {aside && <span className={styles.aside}>({aside})</span>}
      </label>
      <div className={styles.row}>{children}</div>
      {fault && (
        <p className={styles.fault} id={`${id}-fault`}>
          <Icon name="alert" /> {fault}
        </p>
      )}
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Labelled & Omit<ComponentProps<'input'>, 'className'>;

export function TextField({ label, aside, hint, fault, id, ...rest }: TextFieldProps) {
  const made = useId();
  const words = { label, hint, fault, ...(aside && { aside }) };
  const own = id ?? made;
  return (
    <Frame id={own} {...words}>
      <input
        id={own}
        className={styles.input}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describedBy(own, words)}
        {...rest}
      />
    </Frame>
  );
}

export function PasswordField({
  showLabel,
  hideLabel,
  label,
  hint,
  fault,
  id,
  ...rest
}: TextFieldProps & { showLabel: string; hideLabel: string }) {
  const made = useId();
  const own = id ?? made;
  const [shown, setShown] = useState(false);
  return (
    <Frame id={own} label={label} hint={hint} fault={fault}>
      <input
        id={own}
        type={shown ? 'text' : 'password'}
        className={`${styles.input} ${styles.withButton}`}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describedBy(own, { label, hint, fault })}
        {...rest}
      />
      <span className={styles.reveal}>
        <IconButton
          icon={shown ? 'eyeOff' : 'eye'}
          label={shown ? hideLabel : showLabel}
          onClick={() => setShown(!shown)}
        />
      </span>
    </Frame>
  );
}

export function SelectField({
  label,
  options,
  onChoose,
  ...rest
}: { label: string; options: [value: string, words: string][]; onChoose: (value: string) => void } & Omit<
  ComponentProps<'select'>,
  'className' | 'onChange'
>) {
  const id = useId();
  return (
    <Frame id={id} label={label}>
      <select
        id={id}
        className={`${styles.input} ${styles.select}`}
        onChange={(event) => onChoose(event.target.value)}
        {...rest}
      >
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function Switch({ label, on, onTurn }: { label: string; on: boolean; onTurn: (on: boolean) => void }) {
  return (
    <label className={styles.switch}>
      {label}
      <input type="checkbox" role="switch" checked={on} onChange={(event) => onTurn(event.target.checked)} />
    </label>
  );
}

/** A form from the first key to the answer: checks, sends, keeps what was typed, puts faults beside their fields. */
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { useMessages } from '../language/language';
import { type Faults, faultsOf, hasFaults } from './formFaults';

export type Values = Record<string, string>;

interface FormUse {
  check: (values: Values) => Faults;
  send: (values: Values) => Promise<void>;
}

export function useForm({ check, send }: FormUse) {
  const messages = useMessages();
  const form = useRef<HTMLFormElement>(null);
  const [ownFaults, setOwnFaults] = useState<Faults>({});
  const sending = useMutation({ mutationFn: send });
  const faults = hasFaults(ownFaults) ? ownFaults : faultsOf(sending.error, messages);

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending.isPending) return;
    const values = textOf(new FormData(event.currentTarget));
    const found = check(values);
    setOwnFaults(found);
    if (hasFaults(found)) focusFirst(form.current, found);
    else sending.mutate(values, { onError: (error) => focusFirst(form.current, faultsOf(error, messages)) });
  };

  return {
    faults,
    /** What went wrong as a whole, when no field is to blame. */
    error: hasFaults(faults) ? null : sending.error,
    busy: sending.isPending,
    done: sending.isSuccess,
    props: { ref: form, onSubmit, noValidate: true },
  };
}

function textOf(data: FormData): Values {
  const entries = [...data].map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const);
  // A password is taken as it is; elsewhere a space at the end is a slip.
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.toLowerCase().includes('password') ? value : value.trim()]),
  );
}

function focusFirst(form: HTMLFormElement | null, faults: Faults): void {
  const name = Object.keys(faults).find((key) => faults[key]);
  const field = name ? form?.elements.namedItem(name) : null;
  if (field instanceof HTMLElement) field.focus();
}

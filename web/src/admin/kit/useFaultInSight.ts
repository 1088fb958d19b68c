/** A refusal is brought before the eyes of whoever pressed the button at the end of a long form. */
import { useEffect, useRef } from 'react';

/** For the form; as often as `error` is a new one, its first refused field is gone to, or the word about the whole. */
export function useFaultInSight(error: unknown) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!error) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'center' });
  }, [error]);
  return form;
}

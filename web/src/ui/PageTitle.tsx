/** The page's one h1: names the document, and takes the focus when somebody has navigated here. */
import { type ReactNode, useEffect, useRef } from 'react';

let documentIsFresh = true;

interface PageTitleProps {
  /** The words of the browser's tab. */
  name: string;
  hidden?: boolean;
  className?: string | undefined;
  children?: ReactNode;
}

/** Where the focus goes when what had it leaves the page: the page's beginning, not the document's. */
export function focusPageTitle(): void {
  document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true });
}

export function PageTitle({ name, hidden = false, className, children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · Shows on Demand`;
  }, [name]);
  useEffect(() => {
    // After a full load the browser's own starting point is right: the top of the page.
    if (!documentIsFresh) heading.current?.focus({ preventScroll: true });
    documentIsFresh = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={hidden ? 'visually-hidden' : className}>
      {children ?? name}
    </h1>
  );
}

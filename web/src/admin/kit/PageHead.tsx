/** The head of a page: its name, a word about it, and what can be done here. */
import type { ReactNode } from 'react';
import { PageTitle } from '../../ui/PageTitle';
import styles from './PageHead.module.css';

interface PageHeadProps {
  /** The words of the browser's tab, and of the heading where no title is given. */
  name: string;
  title?: ReactNode;
  hint?: ReactNode;
  /** The way up, above the title. */
  above?: ReactNode;
  /** What can be done with the whole page, the main thing last. */
  children?: ReactNode;
}

export function PageHead({ name, title, hint, above, children }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        {above}
        <PageTitle name={name} className={styles.title}>
          {title ?? name}
        </PageTitle>
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  );
}

/** The frame of the pages at the door: signing in, signing up, a forgotten password. */
import type { ReactNode } from 'react';
import { PageTitle } from './PageTitle';
import styles from './DoorPage.module.css';

interface DoorPageProps {
  /** The words of the browser's tab. */
  name: string;
  title: string;
  hint?: string;
  links?: ReactNode;
  children: ReactNode;
}

export function DoorPage({ name, title, hint, links, children }: DoorPageProps) {
  return (
    <div className={styles.door}>
      <div className={styles.card}>
        <PageTitle name={name} className={styles.title}>
          {title}
        </PageTitle>
        {hint && <p className={styles.hint}>{hint}</p>}
        {children}
        {links && <div className={styles.links}>{links}</div>}
      </div>
    </div>
  );
}

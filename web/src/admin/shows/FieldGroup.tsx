/** Fields that belong together, under their name. */
import { type ReactNode, useId } from 'react';
import styles from './ShowFields.module.css';

export function FieldGroup({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={styles.group}>
      <h3 id={id} className={styles.name}>
        {name}
      </h3>
      <div className={styles.fields}>{children}</div>
    </div>
  );
}

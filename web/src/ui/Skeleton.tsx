/** Holds the place of what is on its way, in its real size, so that nothing jumps. */
import type { CSSProperties } from 'react';
import styles from './Skeleton.module.css';

type Sizes = Pick<CSSProperties, 'inlineSize' | 'blockSize' | 'aspectRatio' | 'maxInlineSize'>;

export function Skeleton(sizes: Sizes) {
  return <span className={styles.bone} style={sizes} aria-hidden="true" />;
}

/** A show's picture, sharpening as it arrives; without one, a title card in a colour of its own. */
import { type CSSProperties, useState } from 'react';
import styles from './Artwork.module.css';

interface ArtworkProps {
  /** Where the picture is; null where there is none yet. */
  url: string | null;
  /** What the title card says, and what its colour is made from. */
  title: string;
  /** Seen without scrolling: loaded before everything else. */
  urgent?: boolean;
}

/** Degrees on the colour wheel that stay the same for the same title. */
function hueOf(title: string): number {
  return Array.from(title).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
}

export function Artwork({ url, title, urgent = false }: ArtworkProps) {
  const [state, setState] = useState<'coming' | 'there' | 'missing'>(url ? 'coming' : 'missing');
  return (
    <div className={styles.frame} style={{ '--hue': hueOf(title) } as CSSProperties}>
      {url && state !== 'missing' ? (
        <img
          className={styles.picture}
          src={url}
          alt=""
          decoding="async"
          loading={urgent ? 'eager' : 'lazy'}
          fetchPriority={urgent ? 'high' : 'auto'}
          data-there={state === 'there' || undefined}
          onLoad={() => setState('there')}
          onError={() => setState('missing')}
        />
      ) : (
        <span className={styles.letters} aria-hidden="true">
          {title}
        </span>
      )}
    </div>
  );
}

/** A show's picture in the size that its place asks for, out of a blur that is there from the start; else a title card. */
import { useState } from 'react';
import styles from './Artwork.module.css';

/** What a show says of its pictures. */
interface Pictured {
  title: string;
  posterURL: string | null;
  posterPictures: { url: string; width: number }[];
  posterPreview: string | null;
}

interface ArtworkProps {
  show: Pictured;
  /** How wide it is shown, as the browser's `sizes` has it: the browser takes the smallest picture that will do. */
  sizes: string;
  /** Seen without scrolling: loaded before everything else. */
  urgent?: boolean;
}

/** Degrees on the colour wheel that stay the same for the same title. */
function hueOf(title: string): number {
  return Array.from(title).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
}

export function Artwork({ show, sizes, urgent = false }: ArtworkProps) {
  const { title, posterURL, posterPictures, posterPreview } = show;
  const [state, setState] = useState<'coming' | 'there' | 'missing'>(posterURL ? 'coming' : 'missing');
  const dress: Record<string, string | number> = { '--hue': hueOf(title) };
  if (posterPreview) dress['--preview'] = `url("${posterPreview}")`;
  return (
    <div className={styles.frame} style={dress}>
      {posterURL && state !== 'missing' ? (
        <img
          className={styles.picture}
          sizes={sizes}
          srcSet={posterPictures.map(({ url, width }) => `${url} ${width}w`).join(', ') || undefined}
          src={posterURL}
          alt=""
          decoding="async"
          loading={urgent ? 'eager' : 'lazy'}
          fetchPriority={urgent ? 'high' : 'auto'}
          data-fades={!urgent || undefined}
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

/** The whole film in a row of small pictures, to see it at a glance and to go to any of them. */
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { clock } from '../../language/format';
import { spread, type Tile } from '../../player/storyboard';
import { storyboardOf } from '../shows/playback';
import { useWords } from '../words';
import styles from './Filmstrip.module.css';
import { reviewWords } from './words';

const HEIGHT_PIXELS = 54;
const FEWEST = 3;

interface FilmstripProps {
  showId: string;
  seconds: number;
  onJump: (seconds: number) => void;
}

export function Filmstrip({ showId, seconds, onJump }: FilmstripProps) {
  const words = useWords(reviewWords);
  const { ref, width } = useElementSize();
  const { data: tiles = [] } = useQuery({
    queryKey: ['mine', 'reviews', 'storyboard', showId],
    queryFn: () => storyboardOf(showId),
    // Its addresses are good for one grant; the pictures stay in the browser's memory for longer.
    staleTime: Infinity,
    retry: false,
  });
  const size = tiles[0] ? (tiles[0].width * HEIGHT_PIXELS) / tiles[0].height : 96;
  const shown = spread(tiles, Math.max(FEWEST, Math.ceil(width / (size + 2))));
  const current = shown.findLastIndex((tile) => tile.startSeconds <= seconds);
  return (
    <div ref={ref}>
      {tiles.length > 0 && (
        <div className={styles.strip} role="toolbar" aria-label={words.filmstrip}>
          {shown.map((tile, place) => (
            <button
              key={tile.startSeconds}
              type="button"
              className={styles.tile}
              style={{ maxInlineSize: size, blockSize: HEIGHT_PIXELS }}
              aria-label={words.at(clock(tile.startSeconds))}
              title={clock(tile.startSeconds)}
              aria-current={place === current ? 'true' : undefined}
              // One stop for the Tab key; the arrows go along the row.
              tabIndex={place === Math.max(0, current) ? 0 : -1}
              onKeyDown={moveAlong}
              onClick={() => onJump(tile.startSeconds)}
            >
              <Picture tile={tile} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Picture({ tile }: { tile: Tile }) {
  return (
    <span
      className={styles.picture}
      style={{
        inlineSize: tile.width,
        blockSize: tile.height,
        backgroundImage: `url("${tile.url}")`,
        backgroundPosition: `-${tile.x}px -${tile.y}px`,
        transform: `scale(${HEIGHT_PIXELS / tile.height})`,
      }}
    />
  );
}

function moveAlong(event: KeyboardEvent<HTMLButtonElement>): void {
  const { nextElementSibling: next, previousElementSibling: previous } = event.currentTarget;
  const target = { ArrowRight: next, ArrowLeft: previous }[event.key];
  if (target instanceof HTMLElement) target.focus();
}

/** The picture of a show: a frame of the film, or a file. */
import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { clock } from '../../language/format';
import type { Tile } from '../../player/storyboard';
import { Artwork } from '../../ui/Artwork';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import styles from './Editor.module.css';
import { choosePosterFrame, frames, uploadPoster } from './queries';
import type { Editing } from './useEditing';
import { useSideAction } from './useSideAction';
import { editorWords } from './words';

/** Of the size that the storyboard has: three in a row beside the form. */
const SMALLER = 0.55;

export function PosterPanel({ editing }: { editing: Editing }) {
  const words = useWords(editorWords);
  const { show } = editing;
  const { data: tiles = [] } = useQuery(frames(show));
  const choosing = useSideAction(editing, (at: number) => choosePosterFrame(show.id, at), words.posterDone);
  const sending = useSideAction(editing, (file: File) => uploadPoster(show.id, file), words.posterDone);
  return (
    <Panel title={words.poster} hint={words.posterHint}>
      <Artwork key={show.posterURL} show={show} sizes="360px" />
      {tiles.length > 0 && (
        <div className={styles.frames}>
          {tiles.map((tile) => (
            <button
              key={tile.startSeconds}
              type="button"
              className={styles.frame}
              style={cut(tile)}
              aria-label={words.frameAt(clock(tile.startSeconds))}
              disabled={choosing.isPending}
              onClick={() => choosing.mutate(tile.startSeconds)}
            />
          ))}
        </div>
      )}
      <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && sending.mutate(file)}>
        {(props) => (
          <Button variant="default" mt="sm" loading={sending.isPending || choosing.isPending} {...props}>
            {words.posterFile}
          </Button>
        )}
      </FileButton>
    </Panel>
  );
}

/** The tile out of its sheet. */
function cut(tile: Tile) {
  return {
    backgroundImage: `url("${tile.url}")`,
    backgroundPosition: `-${tile.x}px -${tile.y}px`,
    inlineSize: tile.width,
    blockSize: tile.height,
    zoom: SMALLER,
  };
}

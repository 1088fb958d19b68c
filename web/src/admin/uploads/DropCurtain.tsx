/** Comes down over the whole page while somebody drags files over it. */
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useWords } from '../words';
import styles from './DropCurtain.module.css';
import { droppedFiles } from './droppedFiles';
import { useTakingFiles } from './useTransfers';
import { uploadWords } from './words';

export function DropCurtain() {
  const words = useWords(uploadWords);
  const [over, setOver] = useState(false);
  const takeFiles = useTakingFiles();
  const take = useEffectEvent((event: DragEvent) => {
    setOver(false);
    if (!event.dataTransfer || !hasFiles(event)) return;
    event.preventDefault();
    void droppedFiles(event.dataTransfer).then(takeFiles);
  });
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) setOver(true);
    };
    const allow = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const leave = (event: DragEvent) => {
      // Out of the window; from one element to another there is something that is entered.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => take(event);
    addEventListener('dragenter', enter);
    addEventListener('dragover', allow);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragover', allow);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.curtain} aria-hidden="true">
      <IconUpload size={48} stroke={1.5} />
      {words.dropAnywhere}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

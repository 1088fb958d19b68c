/** The place to drop films at, and the buttons for whoever would rather choose them. */
import { Button, FileButton } from '@mantine/core';
import { IconFolder, IconMovie, IconUpload } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useWords } from '../words';
import styles from './FileChoice.module.css';
import { useTakingFiles } from './useTransfers';
import { uploadWords } from './words';

/** React's types do not know it; every browser does. */
const FOLDER = { webkitdirectory: '' } as ComponentProps<'input'>;

export function FileChoice() {
  const words = useWords(uploadWords);
  const take = useTakingFiles();
  return (
    <div className={styles.place}>
      <IconUpload size={36} stroke={1.5} />
      <p className={styles.call}>{words.dropHere}</p>
      <div className={styles.buttons}>
        <FileButton multiple accept="video/*,.mkv,.mxf,.ts,.m2ts,.mts,.vob" onChange={take}>
          {(props) => (
            <Button leftSection={<IconMovie size={18} />} {...props}>
              {words.chooseFiles}
            </Button>
          )}
        </FileButton>
        <FileButton multiple inputProps={FOLDER} onChange={take}>
          {(props) => (
            <Button variant="default" leftSection={<IconFolder size={18} />} {...props}>
              {words.chooseFolder}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  );
}

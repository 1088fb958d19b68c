/** Films that were begun and not finished, before a reload or on another machine: choose the file again, or let it go. */
import { ActionIcon } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import type { UploadSummary } from '../../api/types';
import { useLanguage, useMessages } from '../../language/language';
import { Panel } from '../kit/Panel';
import { sayBytes } from '../kit/sizes';
import { sayProblem } from '../kit/toast';
import { When } from '../kit/When';
import { useWords } from '../words';
import { dropUpload, unfinishedUploads } from './queries';
import styles from './UnfinishedUploads.module.css';
import { uploadWords } from './words';

export function UnfinishedUploads({ uploads }: { uploads: UploadSummary[] }) {
  const words = useWords(uploadWords);
  return (
    <Panel title={words.unfinished} hint={words.unfinishedHint}>
      <ul>
        {uploads.map((upload) => (
          <Unfinished key={upload.uploadId} upload={upload} />
        ))}
      </ul>
    </Panel>
  );
}

function Unfinished({ upload }: { upload: UploadSummary }) {
  const words = useWords(uploadWords);
  const messages = useMessages();
  const language = useLanguage();
  const cache = useQueryClient();
  const dropping = useMutation({
    mutationFn: () => dropUpload(upload.uploadId),
    onError: (error) => sayProblem(error, messages),
    onSettled: () => cache.invalidateQueries({ queryKey: unfinishedUploads.queryKey }),
  });
  return (
    <li className={styles.row}>
      <span className={styles.name}>{upload.filename}</span>
      <span className={styles.facts}>
        {sayBytes(upload.size, language)} · {words.begun} <When at={upload.createdAt} />
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words.throwAway(upload.filename)}
        loading={dropping.isPending}
        onClick={() => dropping.mutate()}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  );
}

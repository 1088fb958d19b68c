/** Where films come in: choose or drop them, see them go, and go on with what was left unfinished. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Emptiness } from '../../ui/Notice';
import { PageHead } from '../kit/PageHead';
import { Panel } from '../kit/Panel';
import { useWords } from '../words';
import { FileChoice } from './FileChoice';
import { unfinishedUploads } from './queries';
import { TransferRow } from './TransferRow';
import { UnfinishedUploads } from './UnfinishedUploads';
import { useTransfers } from './useTransfers';
import { uploadWords } from './words';

export function UploadPage() {
  const words = useWords(uploadWords);
  const transfers = useTransfers();
  const unfinished = useUnfinished();
  return (
    <>
      <PageHead name={words.upload} hint={words.hint} />
      <FileChoice />
      {transfers.length > 0 && (
        <Panel title={words.tray}>
          <ul>
            {transfers.map((transfer) => (
              <TransferRow key={transfer.key} transfer={transfer} />
            ))}
          </ul>
        </Panel>
      )}
      {unfinished.length > 0 && <UnfinishedUploads uploads={unfinished} />}
      {transfers.length + unfinished.length === 0 && <Emptiness title={words.none} hint={words.noneHint} />}
    </>
  );
}

/** What was begun elsewhere: here nobody is at it. */
function useUnfinished() {
  const transfers = useTransfers();
  const cache = useQueryClient();
  const here = new Set(transfers.map(({ uploadId }) => uploadId));
  const known = [...here].join();
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: unfinishedUploads.queryKey });
  }, [cache, known]);
  const items = useQuery(unfinishedUploads).data?.items ?? [];
  return items.filter(({ uploadId }) => !here.has(uploadId));
}

/** One film on its way: how far it is, what is in the way, what can be done about it. */
import { ActionIcon, Progress } from '@mantine/core';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { sayProblem } from '../kit/toast';
import { useWords } from '../words';
import { DescribeDialog } from './DescribeDialog';
import { fractionOf, useProgressWords } from './progressWords';
import styles from './TransferRow.module.css';
import { goOn, pause, remove, type Transfer } from './transfers';
import { uploadWords } from './words';

export function TransferRow({ transfer }: { transfer: Transfer }) {
  const words = useWords(uploadWords);
  const said = useProgressWords(transfer);
  const messages = useMessages();
  const [asking, setAsking] = useState<'describe' | 'cancel' | null>(null);
  const { key, name, stage, job, sentBytes } = transfer;
  const drop = () => void remove(key).catch((error: unknown) => sayProblem(error, messages));
  return (
    <li className={styles.row} data-stage={stage}>
      <div className={styles.head}>
        <span className={styles.name}>{transfer.details.title ?? name}</span>
        <Actions transfer={transfer} onDrop={job || sentBytes === 0 ? drop : () => setAsking('cancel')} />
      </div>
      <Progress
        value={fractionOf(transfer) * 100}
        color={stage === 'failed' ? 'red' : 'tungsten'}
        striped={stage === 'checking'}
        aria-label={words.progress(name)}
      />
      <div className={styles.foot}>
        <span className={styles.said}>{said}</span>
        {stage === 'ready' && job?.showId ? (
          <Link className={styles.link} to={`/shows/${job.showId}`}>
            {words.review}
          </Link>
        ) : (
          mayDescribe(transfer) && (
            <button type="button" className={styles.link} onClick={() => setAsking('describe')}>
              <IconPencil size={15} /> {words.describe}
            </button>
          )
        )}
      </div>
      {asking === 'describe' && <DescribeDialog transfer={transfer} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && (
        <ConfirmDialog
          question={words.cancelQuestion}
          hint={words.cancelHint}
          confirm={words.cancelUpload}
          cancel={words.goOn}
          dangerous
          onConfirm={() => {
            setAsking(null);
            drop();
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  );
}

/** A film that came another way than by an upload is described once it is a show; one that is none, never. */
function mayDescribe({ uploadId, job, stage }: Transfer): boolean {
  return job ? uploadId !== null : stage !== 'failed';
}

function Actions({ transfer, onDrop }: { transfer: Transfer; onDrop: () => void }) {
  const words = useWords(uploadWords);
  const { key, name, stage, job } = transfer;
  return (
    <span className={styles.actions}>
      {(stage === 'sending' || stage === 'waiting') && (
        <ActionIcon variant="subtle" color="gray" aria-label={words.pause(name)} onClick={() => pause(key)}>
          <IconPlayerPause size={18} />
        </ActionIcon>
      )}
      {stage === 'paused' && (
        <ActionIcon variant="subtle" aria-label={words.resume(name)} onClick={() => goOn(key)}>
          <IconPlayerPlay size={18} />
        </ActionIcon>
      )}
      {stage === 'failed' && (
        <ActionIcon variant="subtle" aria-label={words.retry(name)} onClick={() => goOn(key)}>
          <IconRefresh size={18} />
        </ActionIcon>
      )}
      {stage !== 'checking' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={job ? words.dismiss(name) : words.cancel(name)}
          onClick={onDrop}
        >
          <IconX size={18} />
        </ActionIcon>
      )}
    </span>
  );
}

/** One film on its way: how far it is, what is in the way, what can be done about it. */
import { ActionIcon, Progress } from '@mantine/core';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { sayProblem } from '../kit/toast';
import { useHadUnsaved } from '../kit/useUnsaved';
import { StateBadge } from '../shows/StateBadge';
import { useWords } from '../words';
import { DescribeDialog } from './DescribeDialog';
import { fractionOf, useProgressWords } from './progressWords';
import { madeShow } from './queries';
import styles from './TransferRow.module.css';
import { descriptionOf, type Transfer } from './transfer';
import { goOn, pause, remove, stopJob } from './transfers';
import { uploadWords } from './words';

export function TransferRow({ transfer }: { transfer: Transfer }) {
  const words = useWords(uploadWords);
  const said = useProgressWords(transfer);
  const messages = useMessages();
  // Whoever was at it when their session ended is at it again.
  const wasDescribed = useHadUnsaved(descriptionOf(transfer));
  const [asking, setAsking] = useState<'describe' | 'end' | null>(wasDescribed ? 'describe' : null);
  const { key, name, stage, job, sentBytes } = transfer;
  const act = (action: Promise<void>) => void action.catch((error: unknown) => sayProblem(error, messages));
  const drop = () => act(remove(key));
  const isMade = stage === 'transcoding';
  const losesNothing = !isMade && (job !== null || sentBytes === 0);
  return (
    <li className={styles.row} data-stage={stage}>
      <div className={styles.head}>
        <span className={styles.name}>{transfer.details.title ?? name}</span>
        <Actions transfer={transfer} onEnd={losesNothing ? drop : () => setAsking('end')} />
      </div>
      <Progress
        value={fractionOf(transfer) * 100}
        color={stage === 'failed' ? 'red' : 'tungsten'}
        striped={stage === 'checking'}
        aria-label={words.progress(name)}
      />
      <div className={styles.foot}>
        {stage === 'ready' && job?.showId ? (
          <MadeShow showId={job.showId} />
        ) : (
          <>
            <span className={styles.said}>{said}</span>
            {mayDescribe(transfer) && (
              <button type="button" className={styles.link} onClick={() => setAsking('describe')}>
                <IconPencil size={15} /> {words.describe}
              </button>
            )}
          </>
        )}
      </div>
      {asking === 'describe' && <DescribeDialog transfer={transfer} onClose={() => setAsking(null)} />}
      {/* What has ended while somebody thinks about it is no question any more. */}
      {asking === 'end' && !losesNothing && (
        <ConfirmDialog
          {...(isMade ? words.ofTranscoding : words.ofUpload)}
          cancel={words.goOn}
          dangerous
          onConfirm={() => {
            setAsking(null);
            if (isMade) act(stopJob(key));
            else drop();
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  );
}

/** What the film has become, as it stands now: somebody may have decided since. */
function MadeShow({ showId }: { showId: string }) {
  const words = useWords(uploadWords);
  const { data: show, error } = useQuery(madeShow(showId));
  if (hasStatus(error, 404)) return <span className={styles.said}>{words.deleted}</span>;
  return (
    <>
      <span className={styles.said}>
        {show && show.state !== 'in_review' ? <StateBadge show={show} /> : words.ready}
      </span>
      <Link className={styles.link} to={`/shows/${showId}`}>
        {words.review}
      </Link>
    </>
  );
}

/** A film that came another way than by an upload is described once it is a show; one that is none, never. */
function mayDescribe({ uploadId, job, stage }: Transfer): boolean {
  return job ? uploadId !== null : stage !== 'failed';
}

function Actions({ transfer, onEnd }: { transfer: Transfer; onEnd: () => void }) {
  const words = useWords(uploadWords);
  const { key, name, stage, job } = transfer;
  const hasEnded = stage === 'ready' || (stage === 'failed' && job !== null);
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
          aria-label={hasEnded ? words.dismiss(name) : words.cancel(name)}
          onClick={onEnd}
        >
          <IconX size={18} />
        </ActionIcon>
      )}
    </span>
  );
}

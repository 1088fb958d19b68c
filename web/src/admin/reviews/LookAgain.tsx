/** Whether a program is looking at the film, what kept the last one from it, and having it done once more. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useAct } from '../kit/useAct';
import { useWords } from '../words';
import styles from './FindingsPanel.module.css';
import { analysesOf, lookAgain } from './queries';
import { reviewWords } from './words';

export function LookAgain({ showId }: { showId: string }) {
  const words = useWords(reviewWords);
  const { data: newest } = useQuery(analysesOf(showId));
  const { act, busy } = useAct(analysesOf(showId).queryKey);
  const looking = newest?.state === 'waiting' || newest?.state === 'running';
  return (
    <>
      {newest?.state === 'failed' && (
        <span className={styles.quiet}>{words.lookFailed(newest.agent, newest.failure ?? '')}</span>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        loading={busy}
        disabled={looking}
        onClick={() => void act(() => lookAgain(showId), words.lookBegins)}
      >
        {looking ? words.looking : words.lookAgain}
      </Button>
    </>
  );
}

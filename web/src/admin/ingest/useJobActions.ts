/** What can be done with a job, each said when it is done, with the lists brought up to date. */
import { useQueryClient } from '@tanstack/react-query';
import type { Job } from '../../api/types';
import { useMessages } from '../../language/language';
import { cancelJob, retryJob } from '../kit/jobActions';
import { sayDone, sayProblem } from '../kit/toast';
import { useWords } from '../words';
import { changePriority, oneJob } from './queries';
import { ingestWords } from './words';

export interface JobActions {
  retry: () => void;
  cancel: () => void;
  prioritize: (priority: Job['priority']) => void;
}

export function useJobActions(jobId: string): JobActions {
  const words = useWords(ingestWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const run = async (action: Promise<Job>, done: string) => {
    try {
      cache.setQueryData(oneJob(jobId).queryKey, await action);
      sayDone(done);
    } catch (error) {
      sayProblem(error, messages);
    }
    await cache.invalidateQueries({ queryKey: ['mine', 'ingest'] });
  };
  return {
    retry: () => void run(retryJob(jobId), words.retried),
    cancel: () => void run(cancelJob(jobId), words.cancelled),
    prioritize: (priority) => void run(changePriority(jobId, priority), words.prioritized),
  };
}

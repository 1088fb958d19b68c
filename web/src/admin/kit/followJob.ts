/** A film's job as it fares, for as long as it takes: over broken streams, restarts of the server and expired tokens. */
import { eventStream } from '../../api/eventStream';
import { hasStatus, ProblemError } from '../../api/problem';
import type { Job } from '../../api/types';
import { wait } from './wait';

const COME_AGAIN_MILLISECONDS = 2000;

export function isUnderWay(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** The job at each step until it has ended. Throws ProblemError when there is no such job (any more), or by `signal`. */
export async function* followJob(jobId: string, signal: AbortSignal): AsyncGenerator<Job> {
  let lastEventId: string | null = null;
  for (;;) {
    try {
      for await (const event of eventStream(`/ingest/jobs/${jobId}/events`, { signal, lastEventId })) {
        lastEventId = event.id;
        const job = JSON.parse(event.data) as Job;
        yield job;
        if (!isUnderWay(job)) return;
      }
    } catch (error) {
      // Too many streams (429) come free again, and a server that is away comes back.
      const lasts = error instanceof ProblemError && error.status < 500 && !hasStatus(error, 429);
      if (lasts || signal.aborted) throw error;
    }
    await wait(COME_AGAIN_MILLISECONDS, signal);
  }
}

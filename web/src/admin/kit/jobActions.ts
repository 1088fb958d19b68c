/** What ends a film's job, and what begins it anew. */
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Job } from '../../api/types';

const ofJob = (jobId: string) => ({ params: { path: { job_id: jobId } } });

export function retryJob(jobId: string): Promise<Job> {
  return answered(api.POST('/ingest/jobs/{job_id}/retry', ofJob(jobId)));
}

export function cancelJob(jobId: string): Promise<Job> {
  return answered(api.POST('/ingest/jobs/{job_id}/cancel', ofJob(jobId)));
}

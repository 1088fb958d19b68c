/** One film on its way in, and how it stands. */
import type { FilmDetails, Job } from '../../api/types';
import { isUnderWay } from '../kit/followJob';

export type Stage =
  /** Its turn has not come. */
  | 'waiting'
  | 'sending'
  | 'paused'
  /** The server puts it together and looks at it. */
  | 'checking'
  | 'transcoding'
  | 'ready'
  /** It will not work as it is; `fault` says why. */
  | 'failed';

export interface Transfer {
  key: string;
  name: string;
  size: number;
  stage: Stage;
  sentBytes: number;
  bytesPerSecond: number | null;
  /** What is in the way: for good when it has failed, else till it passes. */
  fault: unknown;
  uploadId: string | null;
  job: Job | null;
  details: FilmDetails;
}

/** The place of what is typed about it and not saved. */
export function descriptionOf({ key }: Transfer): string {
  return `description ${key}`;
}

export function isSending(transfer: Transfer): boolean {
  return transfer.stage === 'sending' || transfer.stage === 'checking';
}

export function stageOf(job: Job): Stage {
  if (isUnderWay(job)) return 'transcoding';
  return job.state === 'completed' ? 'ready' : 'failed';
}

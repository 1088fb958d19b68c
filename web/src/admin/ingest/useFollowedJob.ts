/** A job as the server tells how it goes, for as long as it is under way. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Job } from '../../api/types';
import { followJob, isUnderWay } from '../kit/followJob';
import { oneJob } from './queries';

export function useFollowedJob(job: Job): Job {
  const cache = useQueryClient();
  const [told, setTold] = useState<Job | null>(null);
  const follows = isUnderWay(job);
  useEffect(() => {
    if (!follows) return;
    const leaving = new AbortController();
    const follow = async () => {
      let last: Job | null = null;
      for await (const now of followJob(job.id, leaving.signal)) {
        last = now;
        setTold(now);
      }
      if (last) cache.setQueryData(oneJob(job.id).queryKey, last);
    };
    // A job that is gone, and leaving the page, end it; what was told last stays on screen.
    follow().catch(() => undefined);
    return () => leaving.abort();
  }, [cache, follows, job.id]);
  // Once it has ended, and is tried again, what an action answered is newer.
  return follows && told && isUnderWay(told) ? told : job;
}

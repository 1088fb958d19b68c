/** Makes a film this reviewer's for as long as it is on the bench, so that nobody watches it in vain. */
import { useEffect, useEffectEvent, useState } from 'react';
import { ProblemError } from '../../api/problem';
import { claimShow, releaseShow } from './queries';

export type ClaimState =
  | { status: 'asking' }
  | { status: 'held'; endsAt: string }
  /** By somebody else; the error says by whom. */
  | { status: 'taken'; error: unknown }
  | { status: 'failed'; error: unknown };

/** Long before a claim ends by itself. */
const RENEW_MILLISECONDS = 10 * 60_000;

/** `onChanged` is told when the show turns out not to wait for a verdict any more. */
export function useClaim(showId: string, wanted: boolean, onChanged: () => void) {
  const [state, setState] = useState<ClaimState>({ status: 'asking' });
  const [attempt, setAttempt] = useState(0);
  const changed = useEffectEvent(onChanged);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    let held = false;
    const ask = async () => {
      try {
        const claim = await claimShow(showId);
        held = true;
        if (left) letGo();
        else setState({ status: 'held', endsAt: claim.endsAt });
      } catch (error) {
        held = false;
        if (left) return;
        if (error instanceof ProblemError && error.kind === 'claimed-by-somebody-else')
          setState({ status: 'taken', error });
        else if (error instanceof ProblemError && [404, 409].includes(error.status)) changed();
        else setState({ status: 'failed', error });
      }
    };
    const letGo = () => {
      // A claim that could not be given back ends by itself.
      if (held) void releaseShow(showId, { mine: true }).catch(() => undefined);
    };
    void ask();
    const timer = setInterval(() => void ask(), RENEW_MILLISECONDS);
    return () => {
      left = true;
      clearInterval(timer);
      letGo();
    };
  }, [showId, wanted, attempt]);
  return { state, askAgain: () => setAttempt((count) => count + 1) };
}

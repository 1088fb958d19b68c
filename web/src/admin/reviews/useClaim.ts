/** Makes a film this reviewer's for as long as it is on the bench, so that nobody watches it in vain. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { ProblemError } from '../../api/problem';
import { giveBack, inTurn, want } from './claims';
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
  const changed = useEffectEvent(onChanged);
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    let held = false;
    const takeOff = want(showId);
    const ask = async () => {
      try {
        const claim = await inTurn(showId, () => claimShow(showId));
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
      if (held) void giveBack(showId, () => releaseShow(showId, { mine: true })).catch(() => undefined);
    };
    again.current = () => void ask();
    void ask();
    const timer = setInterval(() => void ask(), RENEW_MILLISECONDS);
    return () => {
      left = true;
      again.current = () => undefined;
      clearInterval(timer);
      takeOff();
      letGo();
    };
  }, [showId, wanted]);
  // Asked while it is held it begins anew: nobody can come in between.
  return { state, askAgain: () => again.current() };
}

/** Whether the time is right for viewers to see a show that is published. */
import type { Show } from '../../api/types';

export interface AvailabilityWindow {
  /** When viewers begin to see it, if they don't yet. */
  opensAt: string | null;
  /** Since when they don't see it any more. */
  closedAt: string | null;
}

export function windowOf(
  show: Pick<Show, 'state' | 'availableFrom' | 'availableUntil'>,
  now: number,
): AvailabilityWindow {
  const { availableFrom: from, availableUntil: until } = show;
  if (show.state !== 'available') return { opensAt: null, closedAt: null };
  if (until && Date.parse(until) <= now) return { opensAt: null, closedAt: until };
  return { opensAt: from && Date.parse(from) > now ? from : null, closedAt: null };
}

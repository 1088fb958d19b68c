/** The state of a show, as a word; of a published one also whether viewers are to see it only later, or no more. */
import type { Show } from '../../api/types';
import { date } from '../../language/format';
import { Badge, type Tone } from '../kit/Badge';
import { useNow } from '../kit/useNow';
import { useWords } from '../words';
import { windowOf } from './availability';
import { showWords } from './words';

const TONES: Record<Show['state'], Tone> = {
  draft: 'quiet',
  in_review: 'waiting',
  available: 'good',
  rejected: 'bad',
  withdrawn: 'quiet',
};
/** How late a window's end may be seen. */
const LOOK_MILLISECONDS = 30_000;

export function StateBadge({ show }: { show: Show }) {
  const words = useWords(showWords);
  const { opensAt, closedAt } = windowOf(show, useNow(LOOK_MILLISECONDS));
  if (opensAt) return <Badge tone="waiting">{words.scheduled(date(opensAt))}</Badge>;
  if (closedAt) return <Badge tone="quiet">{words.over(date(closedAt))}</Badge>;
  return <Badge tone={TONES[show.state]}>{words.states[show.state]}</Badge>;
}

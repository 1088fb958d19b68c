/** The state of a show, as a word. */
import type { Show } from '../../api/types';
import { Badge, type Tone } from '../kit/Badge';
import { useWords } from '../words';
import { showWords } from './words';

const TONES: Record<Show['state'], Tone> = {
  draft: 'quiet',
  in_review: 'waiting',
  available: 'good',
  rejected: 'bad',
  withdrawn: 'quiet',
};

export function StateBadge({ state }: { state: Show['state'] }) {
  const words = useWords(showWords);
  return <Badge tone={TONES[state]}>{words.states[state]}</Badge>;
}

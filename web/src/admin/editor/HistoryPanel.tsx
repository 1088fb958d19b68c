/** What has been done with a show, newest first, and what reviewers wrote. */
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../kit/Loaded';
import { When } from '../kit/When';
import { showWords } from '../shows/words';
import { useWords } from '../words';
import styles from './Editor.module.css';
import { showHistory, showReviews } from './queries';
import { editorWords } from './words';

interface Details {
  fields?: string[];
  state?: { before: string; after: string };
  /** Of captions, as a tag. */
  language?: string;
}

export function HistoryPanel({ showId }: { showId: string }) {
  const words = useWords(editorWords);
  const query = useQuery(showHistory(showId));
  const notes = useNotes(showId);
  return (
    <Loaded query={query} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={styles.dim}>{words.noHistory}</p>
        ) : (
          <ol>
            {items.map(({ id, at, action, actor, details }) => (
              <li key={id} className={styles.done}>
                <strong>{(words.did as Record<string, string>)[action] ?? action}</strong>{' '}
                <span className={styles.dim}>
                  {[actor?.name].find(Boolean) ?? words.somebody} · <When at={at} />
                </span>
                <What details={details as Details} />
                {action.startsWith('review_') && actor && notes.get(`${actor.id} ${at.slice(0, 16)}`)}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

function What({ details: { fields = [], state, language } }: { details: Details }) {
  const words = useWords(editorWords);
  const shows = useWords(showWords);
  const states: Record<string, string> = shows.states;
  const names: Record<string, unknown> = {
    ...shows,
    availableFrom: shows.availability,
    availableUntil: shows.availability,
    markers: words.markers,
    hlsSrcVideoURL: words.streams,
    dashSrcVideoURL: words.streams,
    posterURL: words.poster,
    captions: words.captions,
  };
  const named = fields.map((field) => (typeof names[field] === 'string' ? names[field] : field));
  const said = [...new Set(named)];
  if (state)
    said.unshift(words.stateWent(states[state.before] ?? state.before, states[state.after] ?? state.after));
  if (language) said.push(language);
  return said.length > 0 ? <p className={styles.dim}>{said.join(', ')}</p> : null;
}

/** What reviewers wrote, by who and in which minute: a verdict is in the trail at the same moment. */
function useNotes(showId: string): Map<string, string> {
  const { data } = useQuery(showReviews(showId));
  return new Map(
    (data?.items ?? []).map(({ reviewer, createdAt, notes }) => [
      `${reviewer.id ?? ''} ${createdAt.slice(0, 16)}`,
      notes,
    ]),
  );
}

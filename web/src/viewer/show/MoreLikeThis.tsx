/** Others of the same kind; the page does without them where there are none. */
import { useQuery } from '@tanstack/react-query';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { Rail } from '../shows/Rail';
import { ShowCard } from '../shows/ShowCard';
import { showsOfGenre } from '../shows/queries';

export function MoreLikeThis({ show }: { show: Show }) {
  const words = useMessages();
  const genre = show.genres[0] ?? '';
  const found = useQuery({ ...showsOfGenre(genre), enabled: genre !== '' });
  const others = found.data?.items.filter((other) => other.id !== show.id) ?? [];
  if (others.length === 0) return null;
  return (
    <Rail title={words.moreLikeThis}>
      {others.map((other) => (
        <li key={other.id}>
          <ShowCard show={other} />
        </li>
      ))}
    </Rail>
  );
}

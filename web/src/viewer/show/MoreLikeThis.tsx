/** Others of the same kind, but no episodes of the same series, which stand above; without any the page does without. */
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
  const series = show.series?.title;
  const isOther = (other: Show) => other.id !== show.id && (!series || other.series?.title !== series);
  const others = found.data?.items.filter(isOther) ?? [];
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

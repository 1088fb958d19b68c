/** What the library says of each show. */
import type { Show } from '../../api/types';
import { clock } from '../../language/format';
import type { Column } from '../kit/RecordTable';
import { When } from '../kit/When';
import { ShowName } from '../shows/ShowName';
import { StateBadge } from '../shows/StateBadge';
import { useWords } from '../words';
import { libraryWords } from './words';

export function useShowColumns(): Column<Show>[] {
  const words = useWords(libraryWords);
  return [
    {
      key: 'show',
      name: words.show,
      sort: ['title'],
      cell: (show) => <ShowName show={show} to={`/shows/${show.id}`} />,
    },
    { key: 'state', name: words.state, cell: (show) => <StateBadge show={show} /> },
    {
      key: 'length',
      name: words.length,
      sort: ['duration'],
      greatestFirst: true,
      atEnd: true,
      cell: ({ durationSeconds }) => (durationSeconds === null ? '' : clock(durationSeconds)),
    },
    {
      key: 'renditions',
      name: words.renditions,
      wideOnly: true,
      cell: ({ renditions }) => renditions.map(({ height }) => `${height}p`).join(' · '),
    },
    {
      key: 'updated',
      name: words.updated,
      sort: ['updated'],
      greatestFirst: true,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}

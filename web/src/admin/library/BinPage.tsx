/** What was deleted and can still be brought back. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { DeletedShow, Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { sayDone, sayProblem } from '../kit/toast';
import { When } from '../kit/When';
import { ShowName } from '../shows/ShowName';
import { useWords } from '../words';
import { bin, restoreShow } from './queries';
import { libraryWords } from './words';

export function BinPage() {
  const words = useWords(libraryWords);
  const query = useInfiniteQuery(bin);
  return (
    <>
      <PageHead name={words.bin} hint={words.binHint}>
        <Button component={Link} to="/shows" variant="default" leftSection={<IconArrowLeft size={18} />}>
          {words.library}
        </Button>
      </PageHead>
      <RecordList
        caption={words.bin}
        query={query}
        columns={useColumns()}
        keyOf={({ show }) => show.id}
        nameOf={({ show }) => show.title}
        empty={{ title: words.binEmpty, hint: words.binEmptyHint }}
      />
    </>
  );
}

function useColumns(): Column<DeletedShow>[] {
  const words = useWords(libraryWords);
  return [
    { key: 'show', name: words.show, cell: ({ show }) => <ShowName show={show} /> },
    { key: 'deleted', name: words.deleted, cell: (row) => <When at={row.deletedAt} /> },
    {
      key: 'gone',
      name: words.goneAt,
      wideOnly: true,
      cell: (row) => <When at={row.restorableUntil} />,
    },
    { key: 'do', name: words.restore, atEnd: true, cell: ({ show }) => <Restore show={show} /> },
  ];
}

function Restore({ show }: { show: Show }) {
  const words = useWords(libraryWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const restoring = useMutation({
    mutationFn: () => restoreShow(show.id),
    onSuccess: () => sayDone(words.restored(show.title)),
    onError: (error) => sayProblem(error, messages),
    onSettled: () => cache.invalidateQueries({ queryKey: ['mine'] }),
  });
  return (
    <Button
      size="compact-md"
      variant="light"
      leftSection={<IconArrowBackUp size={16} />}
      loading={restoring.isPending}
      onClick={() => restoring.mutate()}
    >
      {words.restore}
      <span className="visually-hidden">: {show.title}</span>
    </Button>
  );
}

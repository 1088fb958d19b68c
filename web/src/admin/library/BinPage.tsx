/** What was deleted and can still be brought back. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { Emptiness } from '../../ui/Notice';
import { Loaded } from '../kit/Loaded';
import { MoreRows } from '../kit/MoreRows';
import { PageHead } from '../kit/PageHead';
import { RecordTable } from '../kit/RecordTable';
import { sayDone, sayProblem } from '../kit/toast';
import { When } from '../kit/When';
import { ShowName } from '../shows/ShowName';
import { useWords } from '../words';
import { bin, restoreShow } from './queries';
import { libraryWords } from './words';

export function BinPage() {
  const words = useWords(libraryWords);
  const query = useInfiniteQuery(bin);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead name={words.bin} hint={words.binHint}>
        <Button component={Link} to="/shows" variant="default" leftSection={<IconArrowLeft size={18} />}>
          {words.library}
        </Button>
      </PageHead>
      <Loaded query={query}>
        {() =>
          rows.length === 0 ? (
            <Emptiness title={words.binEmpty} hint={words.binEmptyHint} />
          ) : (
            <>
              <RecordTable
                caption={words.bin}
                rows={rows}
                keyOf={({ show }) => show.id}
                nameOf={({ show }) => show.title}
                columns={[
                  { key: 'show', name: words.show, cell: ({ show }) => <ShowName show={show} /> },
                  { key: 'deleted', name: words.deleted, cell: (row) => <When at={row.deletedAt} /> },
                  {
                    key: 'gone',
                    name: words.goneAt,
                    wideOnly: true,
                    cell: (row) => <When at={row.restorableUntil} />,
                  },
                  {
                    key: 'do',
                    name: words.restore,
                    atEnd: true,
                    cell: ({ show }) => <Restore show={show} />,
                  },
                ]}
              />
              <MoreRows shown={rows.length} query={query} />
            </>
          )
        }
      </Loaded>
    </>
  );
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

/** The keys that there are, and what each may do. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '../../api/types';
import { date } from '../../language/format';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { useAct } from '../kit/useAct';
import { When } from '../kit/When';
import { useWords } from '../words';
import styles from './Keys.module.css';
import { MakeKeyDialog } from './MakeKeyDialog';
import { KEYS, keys, revokeKey } from './queries';
import { keyWords } from './words';

export function KeysPage() {
  const words = useWords(keyWords);
  const query = useInfiniteQuery(keys);
  const { act, busy } = useAct(KEYS);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <PageHead name={words.keys} hint={words.hint}>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setMaking(true)}>
          {words.make}
        </Button>
      </PageHead>
      <RecordList
        caption={words.keys}
        query={query}
        columns={useColumns(setRevoking)}
        keyOf={(key) => key.id}
        nameOf={(key) => key.name}
        empty={{ title: words.none, hint: words.noneHint }}
      />
      {making && <MakeKeyDialog onClose={() => setMaking(false)} />}
      {revoking && (
        <ConfirmDialog
          question={words.revokeQuestion(revoking.name)}
          hint={words.revokeHint}
          confirm={words.revoke}
          dangerous
          busy={busy}
          onConfirm={() =>
            void act(() => revokeKey(revoking.id), words.revoked).then(() => setRevoking(null))
          }
          onClose={() => setRevoking(null)}
        />
      )}
    </>
  );
}

function useColumns(revoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const words = useWords(keyWords);
  return [
    { key: 'name', name: words.name, cell: (key) => <strong>{key.name}</strong> },
    {
      key: 'scopes',
      name: words.scopes,
      cell: (key) => (
        <ul className={styles.scopes}>
          {key.scopes.map((scope) => (
            <li key={scope}>{words.scope[scope]}</li>
          ))}
        </ul>
      ),
    },
    { key: 'made', name: words.made, cell: (key) => date(key.createdAt), wideOnly: true },
    {
      key: 'used',
      name: words.used,
      cell: (key) => (key.lastUsedAt ? <When at={key.lastUsedAt} /> : words.never),
      named: true,
    },
    {
      key: 'revoke',
      name: words.revoke,
      cell: (key) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.revokeOne(key.name)}
          onClick={() => revoke(key)}
        >
          {words.revoke}
        </Button>
      ),
      atEnd: true,
    },
  ];
}

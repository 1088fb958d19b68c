/** Everybody with an account, to be found by name, e-mail and role. */
import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { User } from '../../api/types';
import { date } from '../../language/format';
import { BulkBar } from '../kit/BulkBar';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { FilterSelect, SearchField, Toolbar } from '../kit/Toolbar';
import { useChoice } from '../kit/useChoice';
import { useFilters } from '../kit/useFilters';
import { useWords } from '../words';
import { AccountBadge } from './AccountBadge';
import { useAccountDeeds } from './deeds';
import { InviteDialog } from './InviteDialog';
import styles from './Users.module.css';
import { people } from './queries';
import { peopleWords } from './words';

export function UsersPage() {
  const words = useWords(peopleWords);
  const filters = useFilters({ q: '', role: '' });
  const { q, role } = filters.values;
  const query = useInfiniteQuery(people(q, role));
  const [inviting, setInviting] = useState(false);
  const deeds = useAccountDeeds();
  const choice = useChoice(query.data?.pages);
  return (
    <>
      <PageHead name={words.people} hint={words.hint}>
        <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
          {words.invite}
        </Button>
      </PageHead>
      <Toolbar>
        <SearchField label={words.search} value={q} onSearch={(text) => filters.set({ q: text })} />
        <FilterSelect
          label={words.role}
          value={role}
          options={Object.entries(words.roles)}
          onChoose={(value) => filters.set({ role: value })}
        />
      </Toolbar>
      <RecordList
        caption={words.people}
        query={query}
        columns={useColumns()}
        keyOf={(user) => user.id}
        nameOf={(user) => user.email}
        filters={filters}
        empty={{ title: words.none, hint: words.noneHint }}
        selection={choice.selection}
      />
      <BulkBar rows={choice.rows} nameOf={({ email }) => email} deeds={deeds} onDone={choice.clear} />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function useColumns(): Column<User>[] {
  const words = useWords(peopleWords);
  return [
    {
      key: 'person',
      name: words.person,
      cell: (user) => (
        <div className={styles.person}>
          <Link className={styles.name ?? ''} to={`/users/${user.id}`}>
            {user.name || user.email}
          </Link>
          {user.name && <span className={styles.quiet}>{user.email}</span>}
        </div>
      ),
    },
    { key: 'role', name: words.role, cell: (user) => words.roles[user.role] },
    { key: 'state', name: words.state, cell: (user) => <AccountBadge user={user} /> },
    { key: 'since', name: words.since, cell: (user) => date(user.createdAt), wideOnly: true },
  ];
}

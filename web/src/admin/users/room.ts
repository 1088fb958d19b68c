/** Everybody with an account: what they may do, where they are signed in, whether they may come in. */
import { IconUsers } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/users',
      right: 'administer',
      load: () => import('./UsersPage').then((module) => module.UsersPage),
    },
    {
      path: '/users/:userId',
      right: 'administer',
      load: () => import('./UserPage').then((module) => module.UserPage),
    },
  ],
  doors: [
    {
      to: '/users',
      name: { en: 'People', de: 'Personen' },
      icon: IconUsers,
      right: 'administer',
      group: 'house',
    },
  ],
};

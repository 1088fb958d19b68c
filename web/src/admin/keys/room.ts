/** Keys for programs: made, shown once, revoked. */
import { IconKey } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/keys',
      right: 'administer',
      load: () => import('./KeysPage').then((module) => module.KeysPage),
    },
  ],
  doors: [
    {
      to: '/keys',
      name: { en: 'API keys', de: 'API-Schlüssel' },
      icon: IconKey,
      right: 'administer',
      group: 'house',
    },
  ],
};

/** Who did what, when, and from where. */
import { IconHistory } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/audit',
      right: 'administer',
      load: () => import('./AuditPage').then((module) => module.AuditPage),
    },
  ],
  doors: [
    {
      to: '/audit',
      name: { en: 'Audit', de: 'Protokoll' },
      icon: IconHistory,
      right: 'administer',
      group: 'house',
    },
  ],
};

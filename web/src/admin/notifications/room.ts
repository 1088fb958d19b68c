/** Who is told of what, and what became of it. */
import { IconBell } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/notifications',
      right: 'administer',
      load: () => import('./NotificationsPage').then((module) => module.NotificationsPage),
    },
  ],
  doors: [
    {
      to: '/notifications',
      name: { en: 'Notifications', de: 'Benachrichtigungen' },
      icon: IconBell,
      right: 'administer',
      group: 'house',
    },
  ],
};

/** Where films wait for a verdict, and where one is given. */
import { IconEyeCheck } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/reviews',
      right: 'staff',
      load: () => import('./QueuePage').then((module) => module.QueuePage),
    },
    {
      path: '/reviews/:showId',
      right: 'staff',
      load: () => import('./BenchPage').then((module) => module.BenchPage),
    },
  ],
  doors: [
    {
      to: '/reviews',
      name: { en: 'Review', de: 'Prüfen' },
      icon: IconEyeCheck,
      right: 'staff',
      group: 'work',
    },
  ],
};

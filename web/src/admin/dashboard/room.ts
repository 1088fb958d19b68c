/** The first page: what needs a person now. */
import { IconLayoutDashboard } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/',
      right: 'staff',
      load: () => import('./DashboardPage').then((module) => module.DashboardPage),
    },
  ],
  doors: [
    {
      to: '/',
      name: { en: 'Overview', de: 'Übersicht' },
      icon: IconLayoutDashboard,
      right: 'staff',
      group: 'work',
    },
  ],
};

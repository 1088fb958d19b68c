/** Where any stream is played and looked into, ours or anybody's. */
import { IconTestPipe } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/tester',
      right: 'staff',
      load: () => import('./TesterPage').then((module) => module.TesterPage),
    },
  ],
  doors: [
    {
      to: '/tester',
      name: { en: 'Stream tester', de: 'Stream-Test' },
      icon: IconTestPipe,
      right: 'staff',
      group: 'tools',
      ownDocument: true,
    },
  ],
};

/** The library of all shows, and the bin of what was deleted. */
import { IconMovie } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/shows',
      right: 'staff',
      load: () => import('./LibraryPage').then((module) => module.LibraryPage),
    },
    { path: '/bin', right: 'edit', load: () => import('./BinPage').then((module) => module.BinPage) },
  ],
  doors: [
    {
      to: '/shows',
      name: { en: 'Library', de: 'Bibliothek' },
      icon: IconMovie,
      right: 'staff',
      group: 'work',
    },
  ],
};

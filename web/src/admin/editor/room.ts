/** One show, to change everything about it; the way to it is the library. */
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/shows/new',
      right: 'edit',
      load: () => import('./NewShowPage').then((module) => module.NewShowPage),
    },
    {
      path: '/shows/:showId',
      right: 'staff',
      load: () => import('./EditorPage').then((module) => module.EditorPage),
    },
  ],
  doors: [],
};

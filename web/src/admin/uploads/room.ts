/** Films on their way in. The tray is in app/AdminRouter.tsx, for it stays across all pages. */
import { IconUpload } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/uploads',
      right: 'edit',
      load: () => import('./UploadPage').then((module) => module.UploadPage),
    },
  ],
  doors: [
    {
      to: '/uploads',
      name: { en: 'Upload', de: 'Hochladen' },
      icon: IconUpload,
      right: 'edit',
      group: 'work',
    },
  ],
};

/** Films on their way to shows, and what the completion hook was told. */
import { IconArrowsTransferDown, IconWebhook } from '@tabler/icons-react';
import type { Room } from '../room';

export const room: Room = {
  pages: [
    {
      path: '/ingest',
      right: 'staff',
      load: () => import('./JobsPage').then((module) => module.JobsPage),
    },
    {
      path: '/ingest/:jobId',
      right: 'staff',
      load: () => import('./JobPage').then((module) => module.JobPage),
    },
    {
      path: '/hook',
      right: 'administer',
      load: () => import('./EventsPage').then((module) => module.EventsPage),
    },
  ],
  doors: [
    {
      to: '/ingest',
      name: { en: 'Ingest', de: 'Verarbeitung' },
      icon: IconArrowsTransferDown,
      right: 'staff',
      group: 'work',
    },
    {
      to: '/hook',
      name: { en: 'Webhook events', de: 'Webhook-Ereignisse' },
      icon: IconWebhook,
      right: 'administer',
      group: 'tools',
    },
  ],
};

/** What a room of the admin says of itself: its pages, and its doors in the navigation. app/adminRooms.ts lists the rooms. */
import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Right } from './staff';
import type { Words } from './words';

export interface RoomPage {
  /** Below /admin, in the router's own spelling: `shows/:showId`. */
  path: string;
  right: Right;
  /** Fetched when somebody goes there. */
  load: () => Promise<ComponentType>;
}

export interface Door {
  to: string;
  name: Words<string>;
  icon: Icon;
  right: Right;
  group: Group;
  /** Stands in a document of its own, under a policy of its own: gone to by a full load. */
  ownDocument?: boolean;
}

export type Group = 'work' | 'tools' | 'house';

export interface Room {
  pages: RoomPage[];
  doors: Door[];
}

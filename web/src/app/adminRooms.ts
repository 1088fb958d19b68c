/** The rooms of the admin, in the order of their doors; each says itself which pages it has. */
import { room as dashboard } from '../admin/dashboard/room';
import { room as editor } from '../admin/editor/room';
import { room as library } from '../admin/library/room';
import { room as uploads } from '../admin/uploads/room';
import { room as ingest } from '../admin/ingest/room';
import { room as reviews } from '../admin/reviews/room';
import { room as audit } from '../admin/audit/room';
import { room as keys } from '../admin/keys/room';
import { room as notifications } from '../admin/notifications/room';
import { room as tester } from '../admin/tester/room';
import { room as users } from '../admin/users/room';
import type { Room } from '../admin/room';

export const ADMIN_ROOMS: Room[] = [
  dashboard,
  library,
  editor,
  uploads,
  reviews,
  ingest,
  tester,
  users,
  keys,
  notifications,
  audit,
];

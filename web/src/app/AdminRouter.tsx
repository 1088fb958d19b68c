/** Which page of the admin stands under which address; each is fetched when it is gone to, and only by whom it is for. */
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from '../admin/door/SignInPage';
import { StaffOnly } from '../admin/door/StaffOnly';
import type { RoomPage } from '../admin/room';
import { CrashPage } from '../admin/shell/CrashPage';
import { Shell } from '../admin/shell/Shell';
import { NotFoundPage, NotYoursPage } from '../admin/shell/StrayPage';
import { holds, type Right, useMay } from '../admin/staff';
import { Tray } from '../admin/uploads/Tray';
import { ADMIN_ROOMS } from './adminRooms';

const doors = ADMIN_ROOMS.flatMap((room) => room.doors);

function pageFor(right: Right, Page: ComponentType) {
  return function PageForRight() {
    return useMay(right) ? <Page /> : <NotYoursPage />;
  };
}

function routeOf({ path, right, load }: RoomPage): RouteObject {
  return { path, lazy: async () => ({ Component: pageFor(right, await load()) }) };
}

function StaffRooms() {
  return (
    <StaffOnly>
      {(user) => (
        <Shell user={user} doors={doors}>
          {holds(user, 'edit') && <Tray />}
        </Shell>
      )}
    </StaffOnly>
  );
}

export function makeAdminRouter() {
  return createBrowserRouter(
    [
      {
        errorElement: <CrashPage />,
        // Until the first page has been fetched; its shell is in this very file, so that is a moment.
        hydrateFallbackElement: <></>,
        children: [
          { path: '/login', element: <SignInPage /> },
          {
            path: '/setup',
            lazy: async () => ({ Component: (await import('../admin/setup/SetupPage')).SetupPage }),
          },
          {
            element: <StaffRooms />,
            children: [
              {
                // A page that breaks leaves the shell around it standing.
                errorElement: <CrashPage />,
                children: [
                  ...ADMIN_ROOMS.flatMap((room) => room.pages).map(routeOf),
                  { path: '*', element: <NotFoundPage /> },
                ],
              },
            ],
          },
        ],
      },
    ],
    { basename: '/admin' },
  );
}

/** Which page of the admin stands under which address; each is fetched when it is gone to, and only by whom it is for. */
import { type ComponentType, useEffect } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from '../admin/door/SignInPage';
import { StaffOnly } from '../admin/door/StaffOnly';
import type { RoomPage } from '../admin/room';
import { CrashPage } from '../admin/shell/CrashPage';
import { Shell } from '../admin/shell/Shell';
import { NotFoundPage, NotYoursPage } from '../admin/shell/StrayPage';
import { holds, type Right, useMay } from '../admin/staff';
import { Tray } from '../admin/uploads/Tray';
import type { User } from '../api/types';
import { UnreachableError } from '../api/problem';
import { ADMIN_ROOMS } from './adminRooms';

const doors = ADMIN_ROOMS.flatMap((room) => room.doors);
const pages = ADMIN_ROOMS.flatMap((room) => room.pages);
/** What the first page asks for has gone before. */
const FIRST_PAGE_MILLISECONDS = 3000;

function pageFor(right: Right, Page: ComponentType) {
  return function PageForRight() {
    return useMay(right) ? <Page /> : <NotYoursPage />;
  };
}

function routeOf({ path, right, load }: RoomPage): RouteObject {
  const lazy = async () => {
    const page = await load().catch((cause: unknown) => {
      throw new UnreachableError('No piece of the client', { cause });
    });
    return { Component: pageFor(right, page) };
  };
  return { path, lazy };
}

/** Fetches the pages of this person ahead: going to one needs neither the server nor this version of it any more. */
function FetchingAhead({ user }: { user: User }) {
  useEffect(() => {
    const ownDocuments = new Set(doors.filter((door) => door.ownDocument).map((door) => door.to));
    const fetchAll = () => {
      for (const { path, right, load } of pages)
        if (holds(user, right) && !ownDocuments.has(path)) load().catch(() => undefined);
    };
    const timer = setTimeout(fetchAll, FIRST_PAGE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [user]);
  return null;
}

function StaffRooms() {
  return (
    <StaffOnly>
      {(user) => (
        <Shell user={user} doors={doors}>
          {holds(user, 'edit') && <Tray />}
          <FetchingAhead user={user} />
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
                children: [...pages.map(routeOf), { path: '*', element: <NotFoundPage /> }],
              },
            ],
          },
        ],
      },
    ],
    { basename: '/admin' },
  );
}

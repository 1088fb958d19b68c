/** Which page stands under which address; the two that people come in by are there at once, the others are fetched when they are gone to. */
import { lazy, Suspense } from 'react';
import { Outlet, Route, Routes } from 'react-router';
import { SignedInOnly } from '../session/SignedInOnly';
import { HomePage } from '../viewer/home/HomePage';
import { loadWatchPage } from '../viewer/loadWatchPage';
import { NotFoundPage } from '../viewer/shell/NotFoundPage';
import { Shell } from '../viewer/shell/Shell';
import { ShowPage } from '../viewer/show/ShowPage';
import { CrashBoundary } from './CrashBoundary';

const BrowsePage = lazy(() => import('../viewer/search/BrowsePage').then((m) => ({ default: m.BrowsePage })));
const WatchPage = lazy(() => loadWatchPage().then((m) => ({ default: m.WatchPage })));
const MyListPage = lazy(() =>
  import('../viewer/library/MyListPage').then((m) => ({ default: m.MyListPage })),
);
const HistoryPage = lazy(() =>
  import('../viewer/library/HistoryPage').then((m) => ({ default: m.HistoryPage })),
);
const AccountPage = lazy(() =>
  import('../viewer/account/AccountPage').then((m) => ({ default: m.AccountPage })),
);
const LoginPage = lazy(() => import('../viewer/account/LoginPage').then((m) => ({ default: m.LoginPage })));
const RegisterPage = lazy(() =>
  import('../viewer/account/RegisterPage').then((m) => ({ default: m.RegisterPage })),
);
const ForgotPage = lazy(() =>
  import('../viewer/account/ForgotPage').then((m) => ({ default: m.ForgotPage })),
);
const ResetPage = lazy(() => import('../viewer/account/ResetPage').then((m) => ({ default: m.ResetPage })));
const VerifyPage = lazy(() =>
  import('../viewer/account/VerifyPage').then((m) => ({ default: m.VerifyPage })),
);

function SignedIn() {
  return (
    <SignedInOnly waiting={null}>
      <Outlet />
    </SignedInOnly>
  );
}

export function ViewerRoutes() {
  return (
    <CrashBoundary>
      <Suspense fallback={null}>
        <Routes>
          <Route element={<Shell />}>
            <Route index element={<HomePage />} />
            <Route path="browse" element={<BrowsePage />} />
            <Route path="title/:showId" element={<ShowPage />} />
            <Route path="login" element={<LoginPage />} />
            <Route path="register" element={<RegisterPage />} />
            <Route path="forgot" element={<ForgotPage />} />
            <Route path="reset" element={<ResetPage />} />
            <Route path="invitation" element={<ResetPage invited />} />
            <Route path="verify" element={<VerifyPage />} />
            <Route element={<SignedIn />}>
              <Route path="list" element={<MyListPage />} />
              <Route path="history" element={<HistoryPage />} />
              <Route path="account" element={<AccountPage />} />
            </Route>
            <Route path="*" element={<NotFoundPage />} />
          </Route>
          <Route element={<SignedIn />}>
            <Route path="watch/:showId" element={<WatchPage />} />
          </Route>
        </Routes>
      </Suspense>
    </CrashBoundary>
  );
}

/** Lets the signed-in pass; everyone else goes to sign in and comes back. */
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { signInAddress } from './nextPage';
import { useSession } from './session';

export function SignedInOnly({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  if (session.status === 'unknown') return waiting;
  if (session.status === 'nobody') return <Navigate to={signInAddress(location)} replace />;
  return children;
}

/** When the client itself breaks: one page that says so, and the way back. */
import { Component, type ReactNode } from 'react';
import { CrashPage } from '../viewer/shell/CrashPage';

interface State {
  crashed: boolean;
}

export class CrashBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { crashed: false };

  static getDerivedStateFromError(): State {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? <CrashPage /> : this.props.children;
  }
}

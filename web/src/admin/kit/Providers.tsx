/** What the kit needs around the admin: its theme, dark, with the page's nonce on the styles that it writes. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import './kit.css';
import { cssVariables, theme } from './theme';

/** The build writes the nonce of each answer into the page (vite.config.ts: html.cspNonce). */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

// The scroll lock under dialogs writes a style as well, and asks for the nonce by this name.
Object.assign(globalThis, { __webpack_nonce__: pageNonce() });

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme="dark"
      cssVariablesResolver={cssVariables}
      getStyleNonce={pageNonce}
    >
      <Notifications position="top-center" limit={4} />
      {children}
    </MantineProvider>
  );
}

/** The administrators' client: puts the parts together and starts. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Providers } from '../admin/kit/Providers';
import { speakPreferredLanguage } from '../language/language';
import { resumeSession } from '../session/session';
import { makeAdminRouter } from './AdminRouter';
import { reloadForNewVersion } from './newVersion';
import { makeQueryClient } from './queryClient';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

reloadForNewVersion();
void resumeSession();
await speakPreferredLanguage();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <Providers>
        <RouterProvider router={makeAdminRouter()} />
      </Providers>
    </QueryClientProvider>
  </StrictMode>,
);

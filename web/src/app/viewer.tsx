/** The viewers' client: puts the parts together and starts. */
import '../ui/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { speakPreferredLanguage } from '../language/language';
import { resumeSession } from '../session/session';
import { takeWhatThePageBrought } from '../viewer/shows/broughtAlong';
import { reloadForNewVersion } from './newVersion';
import { makeQueryClient } from './queryClient';
import { ViewerRoutes } from './ViewerRoutes';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

const queryClient = makeQueryClient();
takeWhatThePageBrought(queryClient);
reloadForNewVersion();
void resumeSession();
await speakPreferredLanguage();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        <ViewerRoutes />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);

import { expect, test, vi } from 'vitest';
import { setPreferences } from '../preferences/preferences';
import { api } from './client';

test('every call says which language its person chose, so that mails are in it', async () => {
  const fetch = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() => Promise.resolve(new Response(null, { status: 202 })));
  const asked = () => (fetch.mock.lastCall?.[0] as Request).headers.get('Accept-Language');
  const forget = () => api.POST('/auth/password/forgot', { body: { email: 'mia@example.org' } });

  await forget();
  expect(asked()).toBe('en');

  setPreferences({ language: 'de' });
  await vi.waitFor(() => expect(document.documentElement.lang).toBe('de'));
  await forget();
  expect(asked()).toBe('de');
});

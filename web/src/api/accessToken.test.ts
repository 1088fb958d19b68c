import { beforeEach, expect, test, vi } from 'vitest';

const SIGNED_IN = {
  user: { id: 'u1', email: 'mia@example.org', name: 'Mia', role: 'viewer' },
  accessToken: 'fresh',
  tokenType: 'Bearer',
  expiresIn: 600,
};

function answer(status: number, body?: unknown): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status });
}

/** The module holds the tab's state: each test gets a tab of its own. */
async function newTab() {
  vi.resetModules();
  return import('./accessToken');
}

beforeEach(() => {
  // jsdom has no Web Locks; one tab alone never waits for its turn.
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (_name: string, run: () => unknown) => Promise.resolve(run()) },
  });
});

test('calls that come together share one refresh', async () => {
  const tab = await newTab();
  const fetch = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() => Promise.resolve(answer(200, SIGNED_IN)));

  const tokens = await Promise.all([tab.accessToken(), tab.accessToken(), tab.accessToken()]);

  expect(tokens).toEqual(['fresh', 'fresh', 'fresh']);
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('a token that is still good is used again', async () => {
  const tab = await newTab();
  const fetch = vi.spyOn(globalThis, 'fetch');
  tab.adopt({ ...SIGNED_IN } as never);

  const token = await tab.accessToken();

  expect(token).toBe('fresh');
  expect(fetch).not.toHaveBeenCalled();
});

test('a token about to run out is renewed first', async () => {
  const tab = await newTab();
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer(200, { ...SIGNED_IN, accessToken: 'newer' }));
  tab.adopt({ ...SIGNED_IN, expiresIn: 5 } as never);

  expect(await tab.accessToken()).toBe('newer');
});

test.each([204, 401, 403])('a refresh answered with %i leaves nobody signed in', async (status) => {
  const tab = await newTab();
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer(status));

  expect(await tab.accessToken()).toBeNull();
  expect(tab.currentAccess()).toEqual({ status: 'nobody', hasEnded: false });
});

test('a session that ended by itself is told from one that was ended by signing out', async () => {
  const tab = await newTab();
  tab.adopt({ ...SIGNED_IN } as never);
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer(401));

  await tab.accessToken({ renew: true });
  expect(tab.currentAccess()).toEqual({ status: 'nobody', hasEnded: true });
  tab.adopt(null);
  expect(tab.currentAccess()).toEqual({ status: 'nobody', hasEnded: false });
});

test('a server that is away does not sign anybody out', async () => {
  const tab = await newTab();
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));

  await expect(tab.accessToken()).rejects.toMatchObject({ name: 'UnreachableError' });
  expect(tab.currentAccess()).toEqual({ status: 'unknown' });
});

test('that a session ended is known in every tab, also in one that asks again itself', async () => {
  const one = await newTab();
  const other = await newTab();
  one.adopt({ ...SIGNED_IN } as never);
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer(401));
  const heard = new Promise<void>((resolve) => {
    other.onAccess(() => {
      if (other.currentAccess().status === 'nobody') resolve();
    });
  });

  await one.accessToken({ renew: true });

  await heard;
  expect(other.currentAccess()).toEqual({ status: 'nobody', hasEnded: true });
  await other.accessToken({ renew: true });
  expect(other.currentAccess()).toEqual({ status: 'nobody', hasEnded: true });
});

test('signing out in one tab signs out the other', async () => {
  const one = await newTab();
  const other = await newTab();
  other.adopt({ ...SIGNED_IN } as never);
  const heard = new Promise<void>((resolve) => {
    other.onAccess(() => {
      if (other.currentAccess().status === 'nobody') resolve();
    });
  });

  one.adopt(null);

  await heard;
  expect(await other.accessToken()).toBeNull();
});

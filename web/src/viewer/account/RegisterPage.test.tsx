import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { adopt } from '../../api/accessToken';
import { RegisterPage } from './RegisterPage';

function show() {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={['/register?next=%2Fwatch%2F7']}>
        <RegisterPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

function answers(status: number, problem: object) {
  const body = JSON.stringify(problem);
  const headers = { 'Content-Type': 'application/problem+json' };
  return vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() => Promise.resolve(new Response(body, { status, headers })));
}

async function fillIn(email: string, password: string) {
  const person = userEvent.setup();
  if (email) await person.type(screen.getByLabelText('E-mail'), email);
  if (password) await person.type(screen.getByLabelText('Password'), password);
  await person.click(screen.getByRole('button', { name: 'Create an account' }));
}

beforeEach(() => adopt(null));
afterEach(cleanup);

test('a slip is shown beside its field before anything is sent', async () => {
  const fetch = answers(500, {});
  show();

  await fillIn('mia', 'short');

  expect(screen.getByText('This does not look like an e-mail address.')).toBeTruthy();
  expect(screen.getByText('At least 12 characters.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('E-mail'));
  expect(fetch).not.toHaveBeenCalled();
});

test('what the server refuses about a field stands beside that field', async () => {
  answers(422, {
    type: '/problems/weak-password',
    errors: [{ pointer: '/password', detail: 'is too common' }],
  });
  show();

  await fillIn('mia@example.org', 'password password');

  expect(await screen.findByText('is too common')).toBeTruthy();
  expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true');
});

test('a taken e-mail is said in words', async () => {
  answers(409, { type: '/problems/email-taken' });
  show();

  await fillIn('mia@example.org', 'correct horse battery');

  expect((await screen.findByRole('alert')).textContent).toContain('already an account');
});

test('the way to sign in keeps where one was going', () => {
  show();

  expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/login?next=%2Fwatch%2F7');
});

test('the form has no accessibility fault that can be seen without a screen', async () => {
  const { container } = show();

  // Colours need a real browser: tests/browser looks at those.
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });

  expect(result.violations.map((violation) => violation.id)).toEqual([]);
});

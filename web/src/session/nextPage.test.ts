import { describe, expect, test } from 'vitest';
import { nextPage, signInAddress } from './nextPage';

describe('after signing in', () => {
  test('one is back where one was, the search included', () => {
    const address = signInAddress({ pathname: '/watch/7', search: '?t=12' });

    const next = nextPage(new URL(address, location.origin).searchParams);

    expect(next).toBe('/watch/7?t=12');
  });

  test('one is at home when one came from nowhere', () => {
    expect(nextPage(new URLSearchParams())).toBe('/');
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    'x',
  ])('nobody is led to another site by %j', (next) => {
    const led = nextPage(new URLSearchParams({ next }));

    expect(new URL(led, location.origin).origin).toBe(location.origin);
    expect(led).toMatch(/^\/(?!\/)/);
  });
});

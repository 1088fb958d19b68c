import { expect, test } from 'vitest';
import { sayFailure } from './failures';

test.each([
  ['The webhook answered 500.', 'de', 'Der Webhook antwortete 500.'],
  ['The webhook answered 500.', 'en', 'The webhook answered 500.'],
  ['Something new.', 'de', 'Something new.'],
])('%s, in %s, is %s', (failure, language, said) => {
  expect(sayFailure(failure, language)).toBe(said);
});

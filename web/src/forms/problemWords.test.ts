import { expect, test } from 'vitest';
import { ProblemError, UnreachableError } from '../api/problem';
import { de } from '../language/messages/de';
import { en } from '../language/messages/en';
import { problemWords } from './problemWords';

const refusal = (status: number, kind: string, params = {}, retryAfterSeconds: number | null = null) =>
  new ProblemError(status, kind, 'As the API says it.', [], retryAfterSeconds, params);

test('who is watching a show is named in either language', () => {
  const claimed = refusal(409, 'claimed-by-somebody-else', { holder: 'Mia' });

  expect(problemWords(claimed, en)).toBe('Mia is watching it.');
  expect(problemWords(claimed, de)).toBe('Mia prüft ihn gerade.');
});

test('what is away is named, and not called a problem of the server', () => {
  expect(problemWords(refusal(503, 'storage-unavailable'), de)).toContain('Der Speicher der Filme');
});

test('whoever was too fast reads what of, and how long to wait', () => {
  const tooMany = refusal(429, 'too-many-uploads', { mostAtOnce: 3 }, 90);

  expect(problemWords(tooMany, en)).toBe(
    'No more than 3 films can be on their way at once. Please wait 2 min.',
  );
});

test('what a newer server or a proxy says is said by its status', () => {
  expect(problemWords(refusal(404, 'of-tomorrow'), de)).toBe('Das gibt es nicht mehr.');
  expect(problemWords(refusal(502, ''), de)).toBe(de.problem.server);
  expect(problemWords(refusal(409, 'of-tomorrow'), de)).toBe('As the API says it.');
});

test('no answer at all is a matter of the connection', () => {
  expect(problemWords(new UnreachableError('No answer'), de)).toBe(de.problem.offline);
});

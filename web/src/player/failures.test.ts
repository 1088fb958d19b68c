import { expect, test } from 'vitest';
import { ProblemError, UnreachableError } from '../api/problem';
import { type EngineError, endsPlayback, failureOf } from './failures';

const problem = (status: number) => new ProblemError(status, '', '', [], null);
const engineError = (code: number, category: number): EngineError => ({ code, category, data: [] });

test.each<[what: string, error: unknown, reason: string]>([
  ['a show taken down', problem(404), 'gone'],
  ['a show without a stream', problem(409), 'nothingToPlay'],
  ['a session that has ended', problem(401), 'signedOut'],
  ['a server that is away', new UnreachableError(), 'network'],
  ['a segment that did not come', engineError(1002, 1), 'network'],
  ['a manifest that is no manifest', engineError(4000, 4), 'broken'],
  ['a codec that the browser lacks', engineError(4032, 4), 'unsupported'],
  ['a fault of our own', new Error('oops'), 'unknown'],
])('%s is told as it is', (_what, error, reason) => {
  expect(failureOf(error).reason).toBe(reason);
});

test.each<[what: string, error: EngineError, hasPicture: boolean, ends: boolean]>([
  ['a segment that did not come before the first picture', engineError(1002, 1), false, true],
  ['a segment that did not come while it plays', engineError(1002, 1), true, false],
  ['a codec that the browser lacks', engineError(4032, 4), true, true],
  ['a load that a newer one has cut short', engineError(7000, 7), false, false],
  ['what the engine mends itself', { ...engineError(3014, 3), severity: 1 }, true, false],
])('%s: whether it ends the film', (_what, error, hasPicture, ends) => {
  expect(endsPlayback(error, hasPicture)).toBe(ends);
});

/** From an engine's error numbers and the API's answers to a reason that a person understands. */
import { ProblemError, UnreachableError } from '../api/problem';
import type { Failure, FailureReason } from './engine';

/** The part of shaka.util.Error that says what happened. */
export interface EngineError {
  code: number;
  category: number;
  severity?: number;
  /** For a bad HTTP status: the address, then the status. */
  data: unknown[];
}

// Numbers of shaka.util.Error.Code, Category and Severity, part of its public contract.
const BAD_HTTP_STATUS = 1001;
const CONNECTION_CODES = new Set([1001, 1002, 1003, 1010]);
const INTERRUPTED_CODES = new Set([7000, 7001, 7003]);
const UNSUPPORTED_CODES = new Set([3014, 3015, 4032, 6001, 6010]);
const NETWORK = 1;
const RECOVERABLE = 1;
const DAMAGE_CATEGORIES = new Set([2, 3, 4]);

export function isEngineError(error: unknown): error is EngineError {
  return typeof error === 'object' && error !== null && 'code' in error && 'category' in error;
}

/** A load that a newer one, or leaving the page, has cut short. */
export function isInterruption(error: EngineError): boolean {
  return INTERRUPTED_CODES.has(error.code);
}

export function isConnectionTrouble(error: EngineError): boolean {
  return CONNECTION_CODES.has(error.code);
}

/** Whether nothing more will play. Once there is a picture, the line's troubles are waited out. */
export function endsPlayback(error: EngineError, hasPicture: boolean): boolean {
  if (isInterruption(error) || error.severity === RECOVERABLE) return false;
  return !(isConnectionTrouble(error) && hasPicture);
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ProblemError)
    return { reason: reasonOfStatus(error.status), code: String(error.status) };
  if (error instanceof UnreachableError) return { reason: 'network', code: 'offline' };
  if (!isEngineError(error)) return { reason: 'unknown', code: '' };
  return { reason: reasonOfEngine(error), code: String(error.code) };
}

function reasonOfStatus(status: number): FailureReason {
  if (status === 404) return 'gone';
  if (status === 409) return 'nothingToPlay';
  if (status === 401) return 'signedOut';
  return 'network';
}

function reasonOfEngine({ code, category }: EngineError): FailureReason {
  if (code === BAD_HTTP_STATUS || category === NETWORK) return 'network';
  if (UNSUPPORTED_CODES.has(code)) return 'unsupported';
  return DAMAGE_CATEGORIES.has(category) ? 'broken' : 'unknown';
}

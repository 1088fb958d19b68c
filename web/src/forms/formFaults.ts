/** What is wrong with a form: found here before anything is sent, or said by the API after. */
import { ProblemError } from '../api/problem';
import type { User } from '../api/types';
import type { Messages } from '../language/messages/en';
import { faultWords } from './problemWords';

export type Faults = Partial<Record<string, string>>;

/** Of viewers, and of the staff, whose passwords open more. */
export const LEAST_PASSWORD_CHARACTERS = 12;
export const LEAST_STAFF_PASSWORD_CHARACTERS = 15;
export function leastPasswordCharacters({ role }: User): number {
  return role === 'viewer' ? LEAST_PASSWORD_CHARACTERS : LEAST_STAFF_PASSWORD_CHARACTERS;
}

/** Enough to catch a slip of the finger; the API decides. */
const LOOKS_LIKE_EMAIL = /^\S+@\S+$/;

export function emailFault(email: string, words: Messages): string | undefined {
  if (!email) return words.required;
  return LOOKS_LIKE_EMAIL.test(email) ? undefined : words.emailLooksWrong;
}

export function newPasswordFault(
  password: string,
  words: Messages,
  least = LEAST_PASSWORD_CHARACTERS,
): string | undefined {
  if (!password) return words.required;
  return password.length < least ? words.passwordTooShort(least) : undefined;
}

/** The API's faults by the name of the field that they point to. */
export function faultsOf(error: unknown, words: Messages): Faults {
  if (!(error instanceof ProblemError)) return {};
  return Object.fromEntries(
    error.faults.map((fault) => [fault.pointer.split('/').at(-1) ?? '', faultWords(fault, words)]),
  );
}

export function hasFaults(faults: Faults): boolean {
  return Object.values(faults).some(Boolean);
}

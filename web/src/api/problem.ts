/** What can go wrong on the way to the API and back, as errors that a page can put into words. */

export interface Fault {
  /** RFC 6901 pointer to the refused field, such as `/email`. */
  pointer: string;
  detail: string;
  /** The same for programs: `too_long`. */
  code: string;
  /** The number that it is about: how long it may be. */
  limit?: number;
}

/** The API answered with an RFC 9457 problem. */
export class ProblemError extends Error {
  override name = 'ProblemError';

  constructor(
    readonly status: number,
    /** The last part of the problem's type: `email-taken`. */
    readonly kind: string,
    readonly detail: string,
    readonly faults: Fault[],
    readonly retryAfterSeconds: number | null,
    /** What the detail names, by name: who holds a show, how many are the most. */
    readonly params: Partial<Record<string, string | number>> = {},
  ) {
    super(`${status} ${kind}`);
  }
}

/** No answer came: offline, or the server is away. */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; throws ProblemError or UnreachableError otherwise. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw cause instanceof TypeError ? new UnreachableError('No answer', { cause }) : cause;
  });
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

export function problemOf(response: Response, body: unknown): ProblemError {
  // What a proxy in between answers has none of these fields.
  const document = (typeof body === 'object' && body !== null ? body : {}) as Partial<{
    type: string;
    detail: string;
    errors: Fault[];
    params: Record<string, string | number>;
  }>;
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ProblemError(
    response.status,
    document.type?.split('/').at(-1) ?? '',
    document.detail ?? '',
    document.errors ?? [],
    Number.isFinite(retryAfter) ? retryAfter : null,
    document.params,
  );
}

export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof ProblemError && statuses.includes(error.status);
}

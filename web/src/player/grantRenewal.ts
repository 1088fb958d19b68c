/** Keeps a stream granted for as long as it plays: asks for the next grant in time, and slips it into each request. */
import type { Failure, Source } from './engine';
import { failureOf } from './failures';
import { GrantKeeper } from './grantedAddress';

/** A grant is renewed when this much of its life is over. */
const RENEW_AT_FRACTION = 0.75;
const TRY_AGAIN_MILLISECONDS = 3000;
/** Under this a clock that runs ahead of the server's would ask without a pause. */
const SOONEST_MILLISECONDS = 2000;

export class GrantRenewal {
  readonly #keeper = new GrantKeeper();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #cookieOrigin: string | null = null;

  constructor(
    private readonly fetchSource: () => Promise<Source>,
    /** The API has refused: the show is gone, or nobody is signed in any more. */
    private readonly onRefusal: (failure: Failure) => void,
  ) {}

  /** Takes the grant of these addresses as the newest, and plans the next. */
  keep(source: Source): void {
    if (this.#stopped) return;
    this.#keeper.take(source.hlsURL ?? source.dashURL);
    this.#cookieOrigin = source.cookieOrigin;
    const lifeMilliseconds = Date.parse(source.expiresAt) - Date.now();
    this.#plan(Math.max(SOONEST_MILLISECONDS, lifeMilliseconds * RENEW_AT_FRACTION));
  }

  /** The address under the newest grant. */
  apply(address: string): string {
    return this.#keeper.renewed(address);
  }

  /** Whether a request goes to the network that lets in by cookies: anywhere else they are nobody's business. */
  takesCookies(address: string): boolean {
    return this.#cookieOrigin !== null && originOf(address) === this.#cookieOrigin;
  }

  /** True once the API has answered with a fresh grant. No answer is no verdict: what is buffered plays on. */
  async renew(): Promise<boolean> {
    try {
      this.keep(await this.fetchSource());
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.reason !== 'network' && !this.#stopped) this.onRefusal(failure);
      return false;
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renewInTime(), milliseconds);
  }

  async #renewInTime(): Promise<void> {
    const renewed = await this.renew();
    if (!renewed && !this.#stopped) this.#plan(TRY_AGAIN_MILLISECONDS);
  }
}

function originOf(address: string): string | null {
  try {
    return new URL(address).origin;
  } catch {
    return null;
  }
}

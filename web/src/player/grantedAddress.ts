/** Media addresses carry their grant in the path (`/media/GRANT/...`): a newer grant takes the older one's place. */

const GRANT = /\/media\/([^/]+)\//;

export function grantOf(address: string | null): string | null {
  return address?.match(GRANT)?.[1] ?? null;
}

/** Keeps the newest grant, and swaps it into addresses that were made with an earlier one. */
export class GrantKeeper {
  #newest: string | null = null;
  #earlier = new Set<string>();

  take(address: string | null): void {
    const grant = grantOf(address);
    if (!grant || grant === this.#newest) return;
    if (this.#newest) this.#earlier.add(this.#newest);
    this.#newest = grant;
  }

  /** The address under the newest grant. Addresses without a grant of ours stay as they are. */
  renewed(address: string): string {
    const grant = grantOf(address);
    if (!grant || !this.#newest || !this.#earlier.has(grant)) return address;
    return address.replace(GRANT, `/media/${this.#newest}/`);
  }
}

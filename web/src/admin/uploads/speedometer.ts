/** How fast a film goes, over the last seconds: steady enough to reckon from, quick enough to notice a change. */

const WINDOW_MILLISECONDS = 8000;
const SHORTEST_MILLISECONDS = 500;

export class Speedometer {
  #noted: { bytes: number; at: number }[] = [];

  note(bytes: number, at: number): void {
    // Fewer bytes than before: a part begins again, and what came before is another story.
    if (bytes < (this.#noted.at(-1)?.bytes ?? 0)) this.#noted = [];
    this.#noted.push({ bytes, at });
    while (this.#noted.length > 2 && at - (this.#noted[0]?.at ?? at) > WINDOW_MILLISECONDS)
      this.#noted.shift();
  }

  get bytesPerSecond(): number | null {
    const [first] = this.#noted;
    const last = this.#noted.at(-1);
    if (!first || !last || last.at - first.at < SHORTEST_MILLISECONDS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }
}

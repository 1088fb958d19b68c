/** Whether somebody is still in front of the screen: how many episodes have begun by themselves since they last did anything. */

/** So many begin by themselves; before the next one somebody is asked. */
export const MOST_UNATTENDED = 3;

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

let unattended = 0;

for (const sign of SIGNS) addEventListener(sign, noteSomebody, { capture: true, passive: true });

export function noteSomebody(): void {
  unattended = 0;
}

export function noteUnattended(): void {
  unattended += 1;
}

export function mayBeAsleep(): boolean {
  return unattended >= MOST_UNATTENDED;
}

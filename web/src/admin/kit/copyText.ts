/** Puts text where it can be pasted from, and says whether that worked. */
import { sayDone, sayFault } from './toast';

export function copyText(text: string, done: string, failed: string): void {
  // Over plain http to another machine a browser has no clipboard.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const copied = clipboard ? clipboard.writeText(text) : Promise.reject(new Error('no clipboard'));
  void copied.then(
    () => sayDone(done),
    () => sayFault(failed),
  );
}

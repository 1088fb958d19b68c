/** Waiting that can be cut short: by a signal, which throws, or by the connection that comes back. */

export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (then: () => void) => () => {
      clearTimeout(timer);
      removeEventListener('online', come);
      signal.removeEventListener('abort', stop);
      then();
    };
    const come = end(resolve);
    const stop = end(() => reject(signal.reason as Error));
    const timer = setTimeout(come, milliseconds);
    addEventListener('online', come);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
}

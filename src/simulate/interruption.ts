import { InterruptedError } from '../util/errors.ts';

/** Waits for something, but not longer than the run may go on: a worker that hangs must not hold up a Ctrl-C. */
export class Interruption {
  readonly #aborted: Promise<never>;

  constructor(signal: AbortSignal | undefined) {
    this.#aborted = new Promise((_, reject) => {
      const abort = (): void => {
        const { reason } = signal ?? {};
        reject(reason instanceof Error ? reason : new InterruptedError('interrupted', 'SIGINT'));
      };
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
    // Seen by whoever waits; an abort while nobody does must not count as unhandled.
    this.#aborted.catch(() => {});
  }

  /** Rejects with the reason of the abort where that comes first. */
  orElse<T>(awaited: Promise<T>): Promise<T> {
    return Promise.race([awaited, this.#aborted]);
  }
}

/** Milliseconds between two looks at the blocks that run. */
const INTERVAL = 200;

/** A block that has been handed over. */
export interface Watched {
  /** Where its worker says that it has begun. */
  readonly begun: SharedArrayBuffer;
  readonly place: number;
  /** Aborted when it has run for too long. */
  readonly signal: AbortSignal;
  done(): void;
}

interface Running {
  readonly group: object;
  readonly abort: AbortController;
  /** Milliseconds. */
  readonly limit: number;
  since: number | undefined;
}

/**
 * Finds blocks that run for too long, the time in a queue not counted: their workers set a flag in shared memory when they
 * begin, since a thread in an endless loop can say nothing later.
 */
export class Watchdog {
  readonly #flags: Int32Array<SharedArrayBuffer>;
  readonly #running: (Running | undefined)[];
  readonly #timer: NodeJS.Timeout;

  /** @param places blocks that are handed over at a time, at most */
  constructor(places: number) {
    this.#flags = new Int32Array(new SharedArrayBuffer(4 * places));
    this.#running = Array.from({ length: places });
    this.#timer = setInterval(() => this.#look(), INTERVAL).unref();
  }

  /** @param group what the block belongs to, for `abandon` @param limit seconds */
  watch(group: object, limit: number): Watched {
    const place = this.#running.indexOf(undefined);
    if (place < 0) throw new RangeError(`more than ${this.#running.length} blocks at a time`);
    const abort = new AbortController();
    Atomics.store(this.#flags, place, 0);
    this.#running[place] = { group, abort, limit: limit * 1000, since: undefined };
    return {
      begun: this.#flags.buffer,
      place,
      signal: abort.signal,
      done: () => {
        this.#running[place] = undefined;
      },
    };
  }

  /** Aborts all blocks of a group, those in a queue too. */
  abandon(group: object): void {
    for (const running of this.#running) if (running?.group === group) running.abort.abort();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    for (const [place, running] of this.#running.entries()) {
      if (running === undefined || Atomics.load(this.#flags, place) === 0) continue;
      running.since ??= now;
      if (now - running.since > running.limit) running.abort.abort();
    }
  }
}

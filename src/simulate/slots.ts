/** A counting semaphore whose size may change on the way. */
export class Slots {
  readonly #size: () => number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param size slots there are; looked at whenever one is taken or given back */
  constructor(size: () => number) {
    this.#size = size;
  }

  /** Resolves when a slot is had, in the order of the calls. */
  async take(): Promise<void> {
    if (this.#taken < this.#size()) this.#taken++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    this.#taken--;
    while (this.#taken < this.#size()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken++;
      next();
    }
  }
}

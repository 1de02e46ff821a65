/**
 * Passes items from a producer that is called to a consumer that iterates, one at a time: `push` resolves when the item
 * has been dealt with, so that the producer waits for a slow consumer.
 */
export class Handoff<T> implements AsyncIterable<T> {
  #offer: ((item: IteratorResult<T, undefined>) => void) | undefined;
  #item: { readonly value: T; readonly taken: () => void } | undefined;
  #dealtWith: (() => void) | undefined;
  #ended = false;

  /** Offers an item; resolves when the consumer asks for the one after it, or has stopped. */
  push(value: T): Promise<void> {
    return new Promise((taken) => {
      if (this.#ended) taken();
      else if (this.#offer === undefined) this.#item = { value, taken };
      else this.#deliver(value, taken);
    });
  }

  /** No more items; the consumer's loop ends, and a producer that still waits goes on. */
  end(): void {
    this.#ended = true;
    this.#dealtWith?.();
    this.#item?.taken();
    this.#offer?.({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => {
        this.#dealtWith?.();
        this.#dealtWith = undefined;
        return new Promise((resolve) => {
          this.#offer = resolve;
          const item = this.#item;
          this.#item = undefined;
          if (item !== undefined) this.#deliver(item.value, item.taken);
          else if (this.#ended) resolve({ done: true, value: undefined });
        });
      },
      return: async () => {
        this.end();
        return { done: true, value: undefined };
      },
    };
  }

  #deliver(value: T, taken: () => void): void {
    this.#dealtWith = taken;
    const offer = this.#offer;
    this.#offer = undefined;
    offer?.({ done: false, value });
  }
}

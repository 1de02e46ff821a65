/**
 * Shared buffers that are used again. V8 feels no pressure from shared memory, so that buffers which are merely dropped
 * pile up over a sweep until some garbage collection happens to run in every thread.
 */
export class BufferPool {
  readonly #free: SharedArrayBuffer[];
  #freeBytes = 0;
  #takenBytes = 0;
  #mostTakenBytes = 0;

  /** @param free buffers to begin with */
  constructor(free: readonly SharedArrayBuffer[] = []) {
    this.#free = [...free];
    for (const { byteLength } of free) this.#freeBytes += byteLength;
  }

  /** A buffer of at least `bytes` bytes; its content is anything. Throws RangeError where the memory cannot be had. */
  take(bytes: number): SharedArrayBuffer {
    const size = roundUp(bytes);
    const at = this.#free.findIndex(({ byteLength }) => byteLength === size);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    const buffer = found ?? new SharedArrayBuffer(size);
    if (found !== undefined) this.#freeBytes -= size;
    this.#takenBytes += size;
    this.#mostTakenBytes = Math.max(this.#mostTakenBytes, this.#takenBytes);
    return buffer;
  }

  /** Gives a buffer back; nobody may read or write it any more. */
  give(buffer: SharedArrayBuffer): void {
    this.#free.push(buffer);
    this.#freeBytes += buffer.byteLength;
    this.#takenBytes -= buffer.byteLength;
    // Sizes that are no longer asked for must not stay for ever: no more lies free than was ever in use at once.
    while (this.#freeBytes > this.#mostTakenBytes) this.#freeBytes -= this.#free.shift()?.byteLength ?? 0;
  }

  /** Up to `most` free buffers, for another thread to take some of; each of them comes back by `give` or `replace`. */
  lend(most: number): SharedArrayBuffer[] {
    const lent = this.#free.splice(Math.max(0, this.#free.length - most));
    for (const { byteLength } of lent) {
      this.#freeBytes -= byteLength;
      this.#takenBytes += byteLength;
    }
    return lent;
  }

  /** Counts `taken` as taken from here in place of `lent`, which do not come back. */
  replace(lent: readonly SharedArrayBuffer[], taken: readonly SharedArrayBuffer[]): void {
    for (const { byteLength } of lent) this.#takenBytes -= byteLength;
    for (const { byteLength } of taken) this.#takenBytes += byteLength;
    this.#mostTakenBytes = Math.max(this.#mostTakenBytes, this.#takenBytes);
  }

  isFree(buffer: SharedArrayBuffer): boolean {
    return this.#free.includes(buffer);
  }
}

/** To four sizes an octave, so that tables of about the same size share buffers. */
function roundUp(bytes: number): number {
  let octave = 4096;
  while (octave * 2 < bytes) octave *= 2;
  return Math.ceil(bytes / (octave / 4)) * (octave / 4);
}

/**
 * Shared buffers that are used again. V8 feels no pressure from shared memory, so that buffers which are merely dropped
 * pile up over a sweep until some garbage collection happens to run in every thread.
 */
export class BufferPool {
  readonly #free: SharedArrayBuffer[] = [];
  #freeBytes = 0;
  #takenBytes = 0;
  #mostTakenBytes = 0;

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
}

/** To four sizes an octave, so that tables of about the same size share buffers. */
function roundUp(bytes: number): number {
  let octave = 4096;
  while (octave * 2 < bytes) octave *= 2;
  return Math.ceil(bytes / (octave / 4)) * (octave / 4);
}

/** Free buffers that are kept. */
const MOST_FREE = 16;

/** Memory for answers that is used again: fresh buffers of a megabyte each cost more in garbage collection than in copying. */
export class AnswerBuffers {
  readonly #free: Buffer[] = [];

  /** A buffer of so many bytes or more; they hold anything. */
  take(bytes: number): Buffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    return at < 0 ? Buffer.allocUnsafeSlow(bytes) : this.#free.splice(at, 1)[0]!;
  }

  /** Gives back the memory that a buffer is a part of; nobody may read it any more. */
  give({ buffer }: Buffer): void {
    if (buffer.byteLength > 0 && buffer instanceof ArrayBuffer && this.#free.length < MOST_FREE)
      this.#free.push(Buffer.from(buffer));
  }
}

import type { Block } from '../../plan/blocks.ts';
import { bytesOfSlot, copySlots } from '../../simulate/slot-bytes.ts';
import { encodeHead, HEAD_BYTES, type RecordHead } from './record.ts';

/** Bytes of a buffer that records are gathered in; one that is longer by itself has a buffer of its own. */
const BUFFER_BYTES = 2 ** 20;
/** Buffers that are kept for the next records: writing to memory that is in use already costs half. */
const MOST_FREE = 16;

/** Records of finished blocks that wait to be written, end to end in as few buffers as they fit in. */
export class StagedRecords {
  #full: Buffer[] = [];
  #open: Buffer = Buffer.alloc(0);
  #used = 0;
  #fullBytes = 0;
  readonly #free: Buffer[] = [];

  /** Bytes that wait. */
  get bytes(): number {
    return this.#fullBytes + this.#used;
  }

  /** Copies a block of `cell` out of columns whose slot 0 is path `firstPath`. */
  add(cell: number, columns: SharedArrayBuffer, firstPath: number, block: Block, throughMid: number): void {
    const payloadBytes = bytesOfSlot(columns) * block.paths;
    const target = this.#room(HEAD_BYTES + payloadBytes);
    const payload = target.subarray(HEAD_BYTES);
    copySlots(columns, block.firstPath - firstPath, block.paths, payload);
    encodeHead({ kind: 'paths', cell, ...block, throughMid }, payload).copy(target);
  }

  /** Copies any other record. */
  addRecord(head: RecordHead, payload: Uint8Array): void {
    const target = this.#room(HEAD_BYTES + payload.byteLength);
    encodeHead(head, payload).copy(target);
    target.set(payload, HEAD_BYTES);
  }

  /** Takes all that wait; they are to be given back once they are written. */
  take(): Buffer[] {
    this.#close();
    const taken = this.#full;
    this.#full = [];
    this.#fullBytes = 0;
    return taken;
  }

  give(taken: readonly Buffer[]): void {
    for (const { buffer, byteOffset } of taken) {
      if (byteOffset === 0 && buffer.byteLength === BUFFER_BYTES && this.#free.length < MOST_FREE) {
        this.#free.push(Buffer.from(buffer));
      }
    }
  }

  #room(bytes: number): Buffer {
    if (this.#used + bytes > this.#open.byteLength) {
      this.#close();
      this.#open =
        bytes > BUFFER_BYTES
          ? Buffer.allocUnsafeSlow(bytes)
          : (this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES));
    }
    const room = this.#open.subarray(this.#used, this.#used + bytes);
    this.#used += bytes;
    return room;
  }

  #close(): void {
    if (this.#used > 0) this.#full.push(this.#open.subarray(0, this.#used));
    this.#fullBytes += this.#used;
    this.#open = Buffer.alloc(0);
    this.#used = 0;
  }
}

import type { FileHandle } from 'node:fs/promises';
import { decodeHead, HEAD_BYTES, isIntact, MAGIC, type StoredHead } from './record.ts';

/** A record and where its payload lies. */
export interface StoredRecord extends StoredHead {
  readonly offset: number;
}

/** What a journal holds. */
export interface JournalContent {
  /** The JSON of its last intact experiment record; undefined where there is none. */
  readonly experiment: string | undefined;
  /** Of paths. */
  readonly records: readonly StoredRecord[];
  /** Outcomes and ranges. */
  readonly others: readonly StoredRecord[];
  /** Records that cannot be used; `head` is known where only the payload is damaged. */
  readonly damaged: readonly { readonly offset: number; readonly bytes: number; readonly head?: StoredHead }[];
  /** Bytes at the end of a record that was not written to its end. */
  readonly tornBytes: number;
  /** Where the next record goes: after the last one that was written whole. */
  readonly end: number;
}

/** Reads and checks a whole journal; memory is that of one record and of the list. */
export async function scanJournal(handle: FileHandle): Promise<JournalContent> {
  const { size } = await handle.stat();
  const reader = new WindowReader(handle, size);
  const records: StoredRecord[] = [];
  const others: StoredRecord[] = [];
  const damaged: { offset: number; bytes: number; head?: StoredHead }[] = [];
  let experiment: string | undefined;
  let at = 0;
  let tornBytes = 0;
  while (at < size) {
    const bytes = await reader.read(at, HEAD_BYTES);
    const head = bytes.byteLength === HEAD_BYTES ? decodeHead(bytes) : undefined;
    const end = at + HEAD_BYTES + (head?.payloadBytes ?? 0);
    if (head !== undefined && end <= size) {
      const offset = at + HEAD_BYTES;
      const payload = await reader.read(offset, head.payloadBytes);
      if (!isIntact(head, payload)) damaged.push({ offset: at, bytes: end - at, head });
      else if (head.kind === 'experiment') experiment = payload.toString('utf8');
      else (head.kind === 'paths' ? records : others).push({ ...head, offset });
      at = end;
      continue;
    }
    const next = await nextHead(reader, at + 1, size);
    // Nothing whole comes after it: the write that was under way when the process ended.
    if (next === undefined) {
      tornBytes = size - at;
      break;
    }
    damaged.push({ offset: at, bytes: next - at });
    at = next;
  }
  return { experiment, records, others, damaged, tornBytes, end: size - tornBytes };
}

/** Where the next intact head begins, from `from` on. */
async function nextHead(reader: WindowReader, from: number, size: number): Promise<number | undefined> {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  const step = 2 ** 20;
  for (let at = from; at + HEAD_BYTES <= size; at += step) {
    // Windows overlap by a head, so that none is cut.
    const window = await reader.read(at, step + HEAD_BYTES - 1);
    for (let found = window.indexOf(magic); found >= 0; found = window.indexOf(magic, found + 1)) {
      const head = window.subarray(found, found + HEAD_BYTES);
      if (head.byteLength === HEAD_BYTES && decodeHead(head) !== undefined) return at + found;
    }
  }
  return undefined;
}

/** Reads a file from its beginning to its end in large pieces, however small the parts that are asked for. */
class WindowReader {
  readonly #handle: FileHandle;
  readonly #size: number;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  /** The bytes from `offset` on, fewer at the end of the file; valid until the next call. */
  async read(offset: number, bytes: number): Promise<Buffer> {
    const wanted = Math.min(bytes, this.#size - offset);
    const isInside = offset >= this.#start && offset + wanted <= this.#start + this.#window.byteLength;
    if (!isInside) {
      this.#window = await readAt(this.#handle, offset, Math.min(Math.max(wanted, 2 ** 22), this.#size - offset));
      this.#start = offset;
    }
    return this.#window.subarray(offset - this.#start, offset - this.#start + wanted);
  }
}

/** Bytes of a file; fewer only where it ends. */
export async function readAt(handle: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

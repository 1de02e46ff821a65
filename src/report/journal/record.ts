/** The records that a journal is made of: a fixed head with a checksum of its own, then a payload with another. */
import { crc32 } from 'node:zlib';

/** "mmJR" in ASCII: begins every record. */
export const MAGIC = 0x6d6d4a52;
export const HEAD_BYTES = 36;
/** A longer payload is no payload: one record is written from memory at once. */
export const MOST_PAYLOAD = 64 * 2 ** 20;

/**
 * `experiment`: what is run, as JSON; of several the last one counts. `paths`: slots of one cell, as `copySlots` gives them.
 * `range`: what paths of all cells of a scenario were folded to. Of shards alone: `outcome`, what became of a cell.
 */
export type RecordKind = 'experiment' | 'paths' | 'outcome' | 'range';
const KINDS: readonly RecordKind[] = ['experiment', 'paths', 'outcome', 'range'];

/** What a record's head says; the numbers after `kind` are 0 in an experiment. */
export interface RecordHead {
  readonly kind: RecordKind;
  /** Index of the cell in the plan; of the scenario in a range. */
  readonly cell: number;
  readonly firstPath: number;
  readonly paths: number;
  /** Quotes of these paths that walks served less often than their distance asks for. */
  readonly throughMid: number;
}

/** A head as read, with what is needed to check the payload after it. */
export interface StoredHead extends RecordHead {
  readonly payloadBytes: number;
  readonly payloadSum: number;
}

/** The head of a record with this payload. Little-endian; the last word is the checksum of those before it. */
export function encodeHead({ kind, cell, firstPath, paths, throughMid }: RecordHead, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const words = [MAGIC, KINDS.indexOf(kind), cell, firstPath, paths, throughMid, payload.byteLength, crc32(payload)];
  words.forEach((word, i) => {
    head.writeUInt32LE(word, 4 * i);
  });
  head.writeUInt32LE(crc32(head.subarray(0, HEAD_BYTES - 4)), HEAD_BYTES - 4);
  return head;
}

/** The head at the start of `bytes`, which hold HEAD_BYTES at least; undefined where there is none, or a damaged one. */
export function decodeHead(bytes: Buffer): StoredHead | undefined {
  if (bytes.readUInt32LE(0) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(HEAD_BYTES - 4) !== crc32(bytes.subarray(0, HEAD_BYTES - 4))) return undefined;
  const [kindAt = 0, cell = 0, firstPath = 0, paths = 0, throughMid = 0, payloadBytes = 0, payloadSum = 0] = Array.from(
    { length: 7 },
    (_, i) => bytes.readUInt32LE(4 + 4 * i),
  );
  const kind = KINDS[kindAt];
  if (kind === undefined || payloadBytes > MOST_PAYLOAD) return undefined;
  return { kind, cell, firstPath, paths, throughMid, payloadBytes, payloadSum };
}

export function isIntact(head: StoredHead, payload: Uint8Array): boolean {
  return payload.byteLength === head.payloadBytes && crc32(payload) === head.payloadSum;
}

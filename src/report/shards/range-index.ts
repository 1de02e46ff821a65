import type { FileHandle } from 'node:fs/promises';
import type { Block } from '../../plan/blocks.ts';
import type { PlannedScenario } from '../../plan/plan.ts';
import { FileError } from '../../util/errors.ts';
import { isIntact } from '../journal/record.ts';
import { readAt, type StoredRecord } from '../journal/scan.ts';
import { decodeStoredRange, type StoredRange } from './shard-records.ts';

/** The folded ranges in a journal or a shard's file, by scenario. */
export class RangeIndex {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #byScenario = new Map<number, StoredRecord[]>();

  /** @param records of any kind */
  constructor(file: string, handle: FileHandle, records: readonly StoredRecord[]) {
    this.#file = file;
    this.#handle = handle;
    for (const record of records) {
      if (record.kind !== 'range') continue;
      const known = this.#byScenario.get(record.cell);
      if (known === undefined) this.#byScenario.set(record.cell, [record]);
      else known.push(record);
    }
    for (const known of this.#byScenario.values()) known.sort((a, b) => a.firstPath - b.firstPath);
  }

  get isEmpty(): boolean {
    return this.#byScenario.size === 0;
  }

  /** Of a scenario, in path order. */
  of({ index }: PlannedScenario): readonly StoredRecord[] {
    return this.#byScenario.get(index) ?? [];
  }

  /** The record of these very paths. */
  find(scenario: PlannedScenario, { firstPath, paths }: Block): StoredRecord | undefined {
    return this.of(scenario).find((record) => record.firstPath === firstPath && record.paths === paths);
  }

  /** @throws FileError where the file has changed since it was listed */
  async read(record: StoredRecord): Promise<StoredRange> {
    return decodeStoredRange(await readPayload(this.#file, this.#handle, record));
  }
}

/** The bytes of a record. @throws FileError where they have changed since it was listed */
export async function readPayload(file: string, handle: FileHandle, record: StoredRecord): Promise<Buffer> {
  const bytes = await readAt(handle, record.offset, record.payloadBytes);
  if (isIntact(record, bytes)) return bytes;
  throw new FileError(`${file}: has changed since it was opened (byte ${record.offset})`);
}

import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from '../../plan/blocks.ts';
import type { Cell } from '../../plan/plan.ts';
import type { BlockStore } from '../../simulate/block-store.ts';
import { viewPathColumns } from '../../simulate/results-buffer.ts';
import { describeFileError, syncFolder } from '../../util/atomic-write.ts';
import type { RangeIndex } from '../shards/range-index.ts';
import type { ExperimentRecord } from './experiment-record.ts';
import { encodeHead, type RecordHead } from './record.ts';
import { StagedRecords } from './staged-records.ts';
import type { PathIndex } from './stored-paths.ts';

/** Milliseconds between two writes: what the end of the process costs. */
const WRITE_INTERVAL = 200;
/** Every so many writes are synced to the disk: a power cut costs a second. */
const WRITES_A_SYNC = 5;
/** Bytes that wait before they are written without waiting for the interval, and before the run has to wait for the disk. */
const WRITE_BYTES = 4 * 2 ** 20;
const MOST_WAITING_BYTES = 32 * 2 ** 20;
/** The share of the disk's free space that a journal may take. */
const MOST_OF_DISK = 0.5;

export interface EarlierJournal {
  readonly handle: FileHandle;
  readonly end: number;
  readonly index: PathIndex;
  /** What paths were folded to; absent where that is taken over otherwise. */
  readonly ranges?: RangeIndex;
}

export interface JournalOptions {
  /** Where it is written; `journalFile` of the folder without it. */
  readonly file?: string | undefined;
  /** Written before the first paths. */
  readonly experiment: ExperimentRecord;
  /** An earlier journal that is gone on with: its open file, where its whole records end, and its paths. */
  readonly earlier?: EarlierJournal | undefined;
  /** Milliseconds for which nothing is written: a run that ends before leaves no journal, and does not pay for one. */
  readonly delay: number;
  /** A write has failed; the run must end. Called once. */
  readonly onFailure: (error: Error) => void;
  /** The journal has reached its share of the disk and stores no more. Called once. */
  readonly onFull: (bytes: number) => void;
  /** The share of the disk's free space that it may take; MOST_OF_DISK without it. */
  readonly mostOfDisk?: number | undefined;
  /** Stands in for the file system in tests. */
  readonly openFile?: (file: string) => Promise<FileHandle>;
}

/**
 * The finished blocks of a run in a file that is only ever appended to, so that the run can go on where it was interrupted: at
 * most a second of work is lost with the machine, and WRITE_INTERVAL with the process alone.
 */
export class Journal implements BlockStore {
  readonly file: string;
  readonly #options: JournalOptions;
  readonly #finished = new StagedRecords();
  #handle: FileHandle | undefined;
  #end: number;
  #mostBytes = Number.POSITIVE_INFINITY;
  #isDue: boolean;
  #holdsPaths: boolean;
  #state: 'open' | 'full' | 'failed' | 'closed' = 'open';
  #isBegun = false;
  #writing: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;
  #syncNext = false;
  readonly #timer: NodeJS.Timeout;

  constructor(folder: string, options: JournalOptions) {
    this.file = options.file ?? journalFile(folder);
    this.#options = options;
    this.#handle = options.earlier?.handle;
    this.#end = options.earlier?.end ?? 0;
    this.#isDue = options.delay === 0;
    this.#holdsPaths = options.earlier?.index.isEmpty === false || options.earlier?.ranges?.isEmpty === false;
    const first = setTimeout(() => {
      this.#isDue = true;
    }, options.delay).unref();
    let writes = 0;
    this.#timer = setInterval(() => {
      if (this.#isDue) void this.#write(++writes % WRITES_A_SYNC === 0);
    }, WRITE_INTERVAL).unref();
    if (this.#isDue) clearTimeout(first);
  }

  /** What it held when it was opened. */
  get earlier(): EarlierJournal | undefined {
    return this.#options.earlier;
  }

  async recall({ index }: Cell, columns: SharedArrayBuffer, range: Block): Promise<readonly Block[]> {
    return (await this.#options.earlier?.index.fill(index, columns, range)) ?? [range];
  }

  async keep({ index }: Cell, columns: SharedArrayBuffer, block: Block, throughMid: number): Promise<void> {
    if (this.#state !== 'open') return;
    this.#finished.add(index, columns, viewPathColumns(columns).firstPath, block, throughMid);
    await this.#writeDue();
  }

  /** Takes a copy of any other record at once; resolves when more may come. */
  async keepRecord(head: RecordHead, payload: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return;
    this.#finished.addRecord(head, payload);
    await this.#writeDue();
  }

  async #writeDue(): Promise<void> {
    const { bytes } = this.#finished;
    if (bytes < WRITE_BYTES || (!this.#isDue && bytes < MOST_WAITING_BYTES)) return;
    this.#isDue = true;
    const written = this.#write(false);
    if (bytes >= MOST_WAITING_BYTES) await written;
  }

  /** Ends with the run; the file goes unless it is to stay. */
  async finish(stays: (bytes: number) => boolean): Promise<void> {
    // Not synced: the report is, and a journal that a power cut damages only costs a later raise of the paths.
    await this.#stop(false);
    if (this.#handle !== undefined && !stays(this.#end)) await rm(this.file, { force: true });
  }

  /** Ends before the run has: what is finished is made durable. True where the journal holds paths to go on with. */
  async suspend(): Promise<boolean> {
    await this.#stop(true);
    if (this.#handle !== undefined && !this.#holdsPaths) await rm(this.file, { force: true });
    return this.#holdsPaths;
  }

  /** Makes all durable that has come; the file stays, whatever it holds. */
  async close(): Promise<void> {
    await this.#stop(true);
  }

  async #stop(sync: boolean): Promise<void> {
    clearInterval(this.#timer);
    if (this.#isDue) await this.#write(sync);
    this.#state = 'closed';
    await this.#handle?.close();
  }

  /** Appends what waits, and makes it durable where asked for. Never rejects; writes follow one another. */
  #write(sync: boolean): Promise<void> {
    this.#syncNext ||= sync;
    // A write that has not begun yet takes along all there is by then.
    this.#queued ??= this.#writing
      .then(() => {
        this.#queued = undefined;
        return this.#append();
      })
      .catch((error: unknown) => this.#fail(error));
    this.#writing = this.#queued;
    return this.#writing;
  }

  async #append(): Promise<void> {
    if (this.#state === 'failed' || this.#state === 'closed') return;
    const sync = this.#syncNext;
    this.#syncNext = false;
    const handle = this.#handle ?? (await this.#create());
    if (!this.#isBegun) await this.#begin(handle);
    const records = this.#finished.take();
    await this.#put(handle, records);
    this.#finished.give(records);
    this.#holdsPaths ||= records.length > 0 && this.#state === 'open';
    if (sync) await handle.datasync();
  }

  async #create(): Promise<FileHandle> {
    const openFile = this.#options.openFile ?? ((file: string) => open(file, 'wx+'));
    this.#handle = await openFile(this.file);
    await syncFolder(path.dirname(this.file));
    return this.#handle;
  }

  /** Writes the experiment that the records from here on are of. */
  async #begin(handle: FileHandle): Promise<void> {
    const { bavail, bsize } = await statfs(path.dirname(this.file));
    this.#mostBytes = this.#end + (this.#options.mostOfDisk ?? MOST_OF_DISK) * bavail * bsize;
    // What the earlier run did not write to its end would stand between its records and these.
    await handle.truncate(this.#end);
    const experiment = Buffer.from(JSON.stringify(this.#options.experiment), 'utf8');
    const head = encodeHead({ kind: 'experiment', cell: 0, firstPath: 0, paths: 0, throughMid: 0 }, experiment);
    await this.#put(handle, [head, experiment]);
    this.#isBegun = true;
  }

  async #put(handle: FileHandle, records: readonly Uint8Array[]): Promise<void> {
    const bytes = records.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (this.#state === 'full' || this.#end + bytes > this.#mostBytes) {
      if (this.#state === 'open') this.#options.onFull(this.#end);
      this.#state = 'full';
      return;
    }
    await writeAll(handle, records, this.#end);
    this.#end += bytes;
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#state === 'failed') return;
    this.#state = 'failed';
    // What was written of the last record would be dropped by its reader too; a disk that is full gets the space back.
    await this.#handle?.truncate(this.#end).catch(() => undefined);
    this.#options.onFailure(describeFileError(this.file, error));
  }
}

/** Where a run's folder has its journal. */
export function journalFile(folder: string): string {
  return path.join(folder, 'journal.bin');
}

/** Writes all parts one after the other; writev(2) may take less than it was given. */
async function writeAll(handle: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
  const rest = [...parts];
  let first = 0;
  for (let at = position; first < rest.length; ) {
    let { bytesWritten } = await handle.writev(rest.slice(first), at);
    at += bytesWritten;
    for (let part = rest[first]; part !== undefined; part = rest[first]) {
      if (bytesWritten < part.byteLength) {
        rest[first] = part.subarray(bytesWritten);
        break;
      }
      bytesWritten -= part.byteLength;
      first++;
    }
  }
}

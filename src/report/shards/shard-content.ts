import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from '../../plan/blocks.ts';
import type { Cell, PlannedScenario, RunPlan } from '../../plan/plan.ts';
import { statisticsModeOf } from '../../simulate/memory-estimate.ts';
import type { ScenarioRange } from '../../simulate/shard-ranges.ts';
import { describeFileError } from '../../util/atomic-write.ts';
import { formatCount } from '../../util/format.ts';
import { type ExperimentRecord, parseExperimentRecord } from '../journal/experiment-record.ts';
import { type JournalContent, type StoredRecord, scanJournal } from '../journal/scan.ts';
import { PathIndex } from '../journal/stored-paths.ts';
import { RangeIndex, readPayload } from './range-index.ts';
import { type CellOutcome, decodeOutcome, type StoredRange } from './shard-records.ts';

/** Where a shard's folder has what the shard came to. */
export function shardFile(folder: string): string {
  return path.join(folder, 'shard.bin');
}

/** True where a scenario's paths are kept one by one, since statistics or export need them; else they are folded. */
export function keepsPaths(scenario: PlannedScenario, { exportPaths }: Pick<ExperimentRecord, 'exportPaths'>): boolean {
  return exportPaths !== undefined || statisticsModeOf(scenario) === 'exact';
}

/** True where a scenario's ranges of paths can be folded one by one: single paths are not kept, and how many there are is known. */
export function isFolded(scenario: PlannedScenario, run: Pick<ExperimentRecord, 'exportPaths'>): boolean {
  return !keepsPaths(scenario, run) && scenario.precision === undefined;
}

/** A shard's file, open for reading: whatever of it is intact. */
export class ShardContent {
  readonly file: string;
  readonly content: JournalContent;
  readonly paths: PathIndex;
  readonly handle: FileHandle;
  readonly #outcomes = new Map<number, StoredRecord>();
  readonly #ranges: RangeIndex;

  private constructor(file: string, handle: FileHandle, content: JournalContent) {
    this.file = file;
    this.handle = handle;
    this.content = content;
    this.paths = new PathIndex(handle, content.records);
    for (const record of content.others) {
      if (record.kind === 'outcome') this.#outcomes.set(record.cell, record);
    }
    this.#ranges = new RangeIndex(file, handle, content.others);
  }

  /** Reads and checks the whole file of a folder; undefined where there is none. Throws FileError where it cannot be read. */
  static async open(folder: string, flags: 'r' | 'r+' = 'r'): Promise<ShardContent | undefined> {
    const file = shardFile(folder);
    if (!existsSync(file)) return undefined;
    const handle = await open(file, flags).catch((error: unknown) => {
      throw describeFileError(file, error);
    });
    try {
      return new ShardContent(file, handle, await scanJournal(handle));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** What it is of; undefined where that cannot be read. */
  get record(): ExperimentRecord | undefined {
    return parseExperimentRecord(this.content.experiment);
  }

  /** What became of a cell whose paths are kept; undefined where it has not come to its end. */
  async outcome(cell: Cell): Promise<CellOutcome | undefined> {
    const record = this.#outcomes.get(cell.index);
    return record && decodeOutcome(await readPayload(this.file, this.handle, record));
  }

  /** The folded ranges of a scenario, in path order. */
  rangesOf(scenario: PlannedScenario): readonly StoredRecord[] {
    return this.#ranges.of(scenario);
  }

  async range(record: StoredRecord): Promise<StoredRange> {
    return this.#ranges.read(record);
  }

  /**
   * The paths of a range that are not there, or whose cells have not come to their end.
   * @param cells the scenario's
   */
  async missing(cells: readonly Cell[], range: ScenarioRange, record: ExperimentRecord): Promise<readonly Block[]> {
    const { scenario, firstPath, paths } = range;
    if (!keepsPaths(scenario, record)) {
      // The number of paths hangs on the precision; such a scenario is written when it has ended.
      if (scenario.precision !== undefined) return this.rangesOf(scenario).length > 0 ? [] : [{ firstPath, paths }];
      return gaps(range, this.rangesOf(scenario));
    }
    for (const cell of cells) {
      const outcome = await this.outcome(cell);
      const isWhole =
        outcome !== undefined &&
        (outcome.failure !== undefined || this.paths.holds(cell.index, firstPath, outcome.end));
      if (!isWhole) return [{ firstPath, paths }];
    }
    return [];
  }

  /** Paths of a missing range that are there all the same, over these cells. */
  held(cells: readonly Cell[], { scenario, firstPath, paths }: ScenarioRange, record: ExperimentRecord): number {
    if (!keepsPaths(scenario, record)) return 0;
    return cells.reduce((sum, { index }) => sum + this.paths.count(index, firstPath + paths, firstPath), 0);
  }

  /** What of it cannot be used, in words. */
  damage(plan: RunPlan): string[] {
    return this.content.damaged.map(({ offset, bytes, head }) => {
      const paths = head && `paths ${head.firstPath} to ${head.firstPath + head.paths - 1}`;
      const cell = head?.kind === 'paths' ? plan.cells[head.cell] : undefined;
      if (head?.kind === 'range') return `damaged at byte ${offset}: ${paths} of scenario ${head.cell}`;
      if (cell === undefined) return `damaged at byte ${offset}: ${formatCount(bytes)} bytes`;
      return `damaged at byte ${offset}: ${paths} of ${cell.strategy.name}, scenario ${cell.scenario.index}`;
    });
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** What of a range is in none of these parts, which are in order and do not overlap. */
function gaps({ firstPath, paths }: Block, parts: readonly Block[]): Block[] {
  const end = firstPath + paths;
  const found: Block[] = [];
  let next = firstPath;
  for (const part of [...parts, { firstPath: end, paths: 0 }]) {
    if (part.firstPath > next) found.push({ firstPath: next, paths: part.firstPath - next });
    next = Math.max(next, part.firstPath + part.paths);
  }
  return found;
}

import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RunPlan } from '../../plan/plan.ts';
import { mostPaths } from '../../plan/precision.ts';
import { describeFileError } from '../../util/atomic-write.ts';
import { FileError } from '../../util/errors.ts';
import { formatCount } from '../../util/format.ts';
import { shellWord } from '../../util/shell-word.ts';
import { version } from '../../util/version.ts';
import { removeStale } from '../run-folder.ts';
import { foldedRanges } from '../shards/fold-ranges.ts';
import { RangeIndex } from '../shards/range-index.ts';
import { isFolded, ShardContent, shardFile } from '../shards/shard-content.ts';
import { type ExperimentRecord, parseExperimentRecord, pathsKey } from './experiment-record.ts';
import { Journal, type JournalOptions, journalFile } from './journal.ts';
import { type JournalContent, scanJournal } from './scan.ts';
import { PathIndex } from './stored-paths.ts';

/** What a folder tells of the run that it holds. */
export interface FoundRun {
  readonly record: ExperimentRecord;
  /** True where its report is there, whole. */
  readonly isFinished: boolean;
}

/** The run in a folder, by its shard, its journal or its manifest; undefined where there is none that could be gone on with. */
export async function findRun(folder: string): Promise<FoundRun | undefined> {
  const manifest = path.join(folder, 'manifest.json');
  const isFinished = existsSync(manifest);
  const shard = await ShardContent.open(folder);
  await shard?.close();
  if (shard?.record !== undefined) return { record: shard.record, isFinished: false };
  const journal = await readJournal(folder, async (_, content) => parseExperimentRecord(content.experiment));
  const record = journal ?? (isFinished ? experimentInManifest(await readFile(manifest, 'utf8')) : undefined);
  return record && { record, isFinished };
}

const manifestSchema = z.object({ experiment: z.unknown() });

function experimentInManifest(text: string): ExperimentRecord | undefined {
  try {
    const { data } = manifestSchema.safeParse(JSON.parse(text));
    return data && parseExperimentRecord(JSON.stringify(data.experiment));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reads a folder's journal and hands it over with its open file, which the reader closes or keeps. */
async function readJournal<T>(
  folder: string,
  use: (handle: FileHandle, content: JournalContent) => Promise<T>,
): Promise<T | undefined> {
  const file = journalFile(folder);
  if (!existsSync(file)) return undefined;
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw describeFileError(file, error);
  });
  try {
    return await use(handle, await scanJournal(handle));
  } finally {
    await handle.close();
  }
}

export interface OpenOptions extends Omit<JournalOptions, 'earlier'> {
  /** True to go on with what the folder's journal holds; else it is removed. */
  readonly resume: boolean;
  /** True where nothing is to be written; what there is to go on with is read all the same. */
  readonly isOff: boolean;
  /** Lines for the user. */
  readonly note: (line: string) => void;
}

/**
 * Opens the journal of a run in its folder, which is locked.
 * @throws FileError where a journal that is to be gone on with is of other paths or of another version, or cannot be read
 */
export async function openJournal(folder: string, plan: RunPlan, options: OpenOptions): Promise<Journal | undefined> {
  const file = journalFile(folder);
  if (!options.resume || !existsSync(file)) {
    await removeStale(file);
    await removeStale(shardFile(folder));
    return options.isOff ? undefined : new Journal(folder, options);
  }
  const handle = await open(file, 'r+').catch((error: unknown) => {
    throw describeFileError(file, error);
  });
  try {
    const content = await scanJournal(handle);
    requireSamePaths(folder, plan, parseExperimentRecord(content.experiment));
    for (const line of lossLines(file, plan, content)) options.note(line);
    const index = new PathIndex(handle, content.records);
    const ranges = new RangeIndex(file, handle, content.others);
    const known = options.experiment;
    options.note(`${takenOver(plan, index, ranges, known)} paths are taken over from ${file}`);
    return new Journal(folder, { ...options, delay: 0, earlier: { handle, end: content.end, index, ranges } });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** How many paths of the run there are; of how many, where that is known before. */
function takenOver({ cells, scenarios }: RunPlan, index: PathIndex, ranges: RangeIndex, run: ExperimentRecord): string {
  const single = cells.reduce((sum, cell) => sum + index.count(cell.index, mostPaths(cell.scenario)), 0);
  const folded = scenarios.reduce((sum, scenario) => {
    const stored = isFolded(scenario, run)
      ? foldedRanges(scenario).filter((range) => ranges.find(scenario, range))
      : [];
    return sum + scenario.strategies.length * stored.reduce((paths, range) => paths + range.paths, 0);
  }, 0);
  const known = single + folded;
  const all = cells.reduce((sum, { scenario }) => sum + scenario.paths, 0);
  const isOpen = scenarios.some(({ precision }) => precision !== undefined);
  return isOpen ? formatCount(known) : `${formatCount(known)} of ${formatCount(all)}`;
}

function requireSamePaths(folder: string, plan: RunPlan, record: ExperimentRecord | undefined): void {
  const cure = `start over with mm-batch run --fresh --output-dir ${shellWord(folder)}`;
  if (record === undefined) throw new FileError(`${folder}: its journal names no experiment that can be read; ${cure}`);
  requireVersion(folder, record);
  if (record.key !== pathsKey(plan)) {
    throw new FileError(`${folder}: its journal is of another experiment, whose paths cannot be used here; ${cure}`);
  }
}

/** Throws FileError where a run was begun by another version: its paths are not those of this one. */
export function requireVersion(folder: string, record: ExperimentRecord): void {
  if (record.version === version) return;
  throw new FileError(
    `${folder}: was begun by mm-batch ${record.version}, this is ${version}; paths of two versions do not mix. ` +
      `Go on with mm-batch ${record.version}, or start over with mm-batch run --fresh --output-dir ${shellWord(folder)}`,
  );
}

/** What of a journal cannot be used, in words. */
function lossLines(file: string, plan: RunPlan, { damaged, tornBytes }: JournalContent): string[] {
  const lines = damaged.map(({ offset, bytes, head }) => {
    const cell = head?.kind === 'paths' ? plan.cells[head.cell] : undefined;
    const paths = head && `paths ${head.firstPath} to ${head.firstPath + head.paths - 1} of`;
    const ofCell = cell && `${paths} ${cell.strategy.name}, scenario ${cell.scenario.index},`;
    const what = head?.kind === 'range' ? `${paths} scenario ${head.cell}` : (ofCell ?? `${formatCount(bytes)} bytes`);
    return `${file}: damaged at byte ${offset}: ${what} are simulated again`;
  });
  if (tornBytes > 0) {
    lines.push(`${file}: ${formatCount(tornBytes)} bytes at its end were not written whole; they are simulated again`);
  }
  return lines;
}

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Cell, cellsByScenario, type RunPlan } from '../../plan/plan.ts';
import { type Shard, shardName } from '../../plan/shard.ts';
import { shardRanges } from '../../simulate/shard-ranges.ts';
import { FileError } from '../../util/errors.ts';
import { formatCount } from '../../util/format.ts';
import { shellWord } from '../../util/shell-word.ts';
import { version } from '../../util/version.ts';
import type { ExperimentRecord } from '../journal/experiment-record.ts';
import { ShardContent, shardFile } from './shard-content.ts';

type ShardRecord = ExperimentRecord & { readonly shard: Shard };

/** A shard and the folder that it was found in. */
export interface FoundShard {
  readonly folder: string;
  readonly record: ShardRecord;
  readonly content: ShardContent;
}

/** Problems that are told one by one. */
const MOST_TOLD = 20;

/**
 * Opens the shards in these folders, or anywhere below them, in whatever order, and sorts them.
 * @throws FileError that lists what is wrong: a folder without a shard; shards of another version, experiment or number of shards
 *   than the first; a shard that is there twice, or not at all
 */
export async function collectShards(folders: readonly string[]): Promise<readonly FoundShard[]> {
  const found: FoundShard[] = [];
  const problems: string[] = [];
  try {
    for (const folder of await shardFolders(folders)) {
      const content = await ShardContent.open(folder);
      const record = content?.record;
      if (content !== undefined && record?.shard !== undefined) {
        found.push({ folder, content, record: { ...record, shard: record.shard } });
        continue;
      }
      await content?.close();
      problems.push(
        content === undefined
          ? `${folder}: expected the folder of a shard, or one that holds such folders, found no ${shardFile('.')} in it`
          : `${content.file}: names no shard that can be read`,
      );
    }
    found.sort((a, b) => a.record.shard.index - b.record.shard.index);
    problems.push(...mismatches(found));
    if (problems.length === 0) return found;
    const more = problems.length - MOST_TOLD;
    throw new FileError(
      [...problems.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${formatCount(more)} more`] : [])].join('\n'),
    );
  } catch (error) {
    await closeShards(found);
    throw error;
  }
}

/** Each folder that holds a shard, and those below it where it is the folder of many. */
async function shardFolders(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if (existsSync(shardFile(folder)) || !existsSync(folder)) {
      found.push(folder);
      continue;
    }
    const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
      throw new FileError(
        `${folder}: expected the folder of a shard: ${error instanceof Error ? error.message : error}`,
      );
    });
    const below = names.filter((name) => path.basename(name) === shardFile('.')).sort();
    found.push(...(below.length > 0 ? below.map((name) => path.join(folder, path.dirname(name))) : [folder]));
  }
  return found;
}

export async function closeShards(shards: readonly FoundShard[]): Promise<void> {
  await Promise.all(shards.map(({ content }) => content.close()));
}

/** How these shards do not make up one run. */
function mismatches(found: readonly FoundShard[]): string[] {
  const [first] = found;
  if (first === undefined) return [];
  const problems: string[] = [];
  const { hash, name, shard, exportPaths } = first.record;
  const folderOf = new Map<number, string>();
  for (const { folder, record } of found) {
    const named = `${folder}: ${shardName(record.shard)}`;
    const here = folderOf.get(record.shard.index);
    if (record.version !== version) {
      problems.push(
        `${named} was made by mm-batch ${record.version}, this is ${version}; paths of two versions do not mix`,
      );
    } else if (record.hash !== hash) {
      problems.push(`${named} is of ${record.name} (${record.hash}), ${first.folder} of ${name} (${hash})`);
    } else if (record.shard.count !== shard.count) {
      problems.push(`${named}, but ${first.folder} is ${shardName(shard)}`);
    } else if (record.exportPaths !== exportPaths) {
      problems.push(`${named} and ${first.folder} were not made with the same --export-paths`);
    } else if (here !== undefined) {
      problems.push(`${named} is in ${here} too; give each shard once`);
    } else folderOf.set(record.shard.index, folder);
  }
  if (problems.length > 0) return problems;
  const missing = Array.from({ length: shard.count }, (_, i) => i + 1).filter((index) => !folderOf.has(index));
  if (missing.length === 0) return [];
  const which = missing.length === 1 ? `shard ${missing[0]} is` : `shards ${rangesText(missing)} are`;
  return [`${which} missing: expected all ${shard.count} shards of ${name}, found ${folderOf.size}`];
}

/**
 * Makes sure that every shard has come to its end and can be read.
 * @throws FileError that lists those that have not, and how to finish them
 */
export async function requireWhole(plan: RunPlan, shards: readonly FoundShard[]): Promise<void> {
  const cells = cellsByScenario(plan);
  const problems: string[] = [];
  for (const shard of shards) problems.push(...(await problemsOf(plan, shard, cells)));
  if (problems.length > 0) throw new FileError(problems.join('\n'));
}

async function problemsOf(
  plan: RunPlan,
  { folder, content, record }: FoundShard,
  cells: ReadonlyMap<number, readonly Cell[]>,
): Promise<string[]> {
  const cure = `mm-batch resume ${shellWord(folder)}`;
  const named = `${content.file}: ${shardName(record.shard)}`;
  const damage = content.damage(plan);
  if (damage.length > 0) return damage.map((line) => `${named} is ${line} (simulate it again: ${cure})`);
  let isWhole = true;
  let missing = 0;
  for (const range of shardRanges(plan, record.shard)) {
    const own = cells.get(range.scenario.index) ?? [];
    for (const block of await content.missing(own, range, record)) {
      const part = { ...range, ...block };
      isWhole = false;
      missing += part.paths * own.length - content.held(own, part, record);
    }
  }
  return !isWhole ? [`${named} is not finished: ${formatCount(missing)} paths are missing (go on with: ${cure})`] : [];
}

/** 1, 3-5, 9 */
function rangesText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

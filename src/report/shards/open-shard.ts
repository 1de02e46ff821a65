import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Shard, shardName } from '../../plan/shard.ts';
import { FileError } from '../../util/errors.ts';
import type { ExperimentRecord } from '../journal/experiment-record.ts';
import { journalFile } from '../journal/journal.ts';
import { requireVersion } from '../journal/open-journal.ts';
import { removeStale } from '../run-folder.ts';
import { ShardContent, shardFile } from './shard-content.ts';

/**
 * What a folder, which is locked, holds of a shard already; undefined where it is begun. Schedulers begin what they have stopped
 * with the same command again, so that this needs no other one.
 * @param isFresh removes what the folder holds
 * @throws FileError where the folder holds something else, which would be lost
 */
export async function takeOverShard(
  folder: string,
  wanted: ExperimentRecord & { readonly shard: Shard },
  isFresh: boolean,
): Promise<ShardContent | undefined> {
  const others = [path.join(folder, 'manifest.json'), journalFile(folder)];
  if (isFresh) for (const file of [...others, shardFile(folder)]) await removeStale(file);
  const other = others.find((file) => existsSync(file));
  const cure = 'give each shard a folder of its own, or start over: add --fresh';
  if (other !== undefined) throw new FileError(`${folder}: holds a run, not a shard (${cure})`);
  const found = await ShardContent.open(folder, 'r+');
  if (found === undefined) return undefined;
  try {
    const { record, content } = found;
    if (record === undefined && content.end === 0) {
      // Killed in the middle of its very first write.
      await found.close();
      await removeStale(found.file);
      return undefined;
    }
    if (record === undefined) {
      throw new FileError(`${found.file}: names no experiment that can be read (to start over, add --fresh)`);
    }
    requireVersion(folder, record);
    const isSame =
      record.hash === wanted.hash &&
      record.exportPaths === wanted.exportPaths &&
      record.shard?.index === wanted.shard.index &&
      record.shard.count === wanted.shard.count;
    if (isSame) return found;
    const what = record.hash === wanted.hash ? 'this experiment' : `another experiment, ${record.name}`;
    const which = record.shard === undefined ? 'a part' : shardName(record.shard);
    const details = record.exportPaths === wanted.exportPaths ? '' : `, ${exportText(record.exportPaths)}`;
    throw new FileError(`${folder}: holds ${which} of ${what}${details} (${cure})`);
  } catch (error) {
    await found.close();
    throw error;
  }
}

function exportText(format: string | undefined): string {
  return format === undefined ? 'without --export-paths' : `with --export-paths ${format}`;
}

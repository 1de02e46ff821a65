import { RangeFold } from '../../aggregate/range-aggregate.ts';
import type { Cell } from '../../plan/plan.ts';
import { writeFileAtomicStreaming } from '../../util/atomic-write.ts';
import { encodeHead, type RecordHead } from '../journal/record.ts';
import { readAt, type StoredRecord } from '../journal/scan.ts';
import { ShardContent } from './shard-content.ts';
import { encodeStoredRange, type StoredRange } from './shard-records.ts';

/** Bytes of ranges that are put together to one; half of the longest payload. */
const MOST_JOINED = 32 * 2 ** 20;

/**
 * Writes a finished shard's file anew where that makes it smaller: ranges that were saved every few seconds become one a
 * scenario, and what was damaged or not written whole goes.
 */
export async function compactShard(folder: string, cells: ReadonlyMap<number, readonly Cell[]>): Promise<void> {
  const shard = await ShardContent.open(folder);
  if (shard === undefined) return;
  try {
    const { damaged, tornBytes, experiment = '' } = shard.content;
    const scenarios = [...cells].map(([, [cell]]) => cell!.scenario);
    const isScattered = scenarios.some((scenario) => shard.rangesOf(scenario).length > 1);
    if (damaged.length === 0 && tornBytes === 0 && !isScattered) return;
    await writeFileAtomicStreaming(shard.file, async (write) => {
      const put = async (head: RecordHead, payload: Uint8Array): Promise<void> => {
        await write(encodeHead(head, payload));
        await write(payload);
      };
      const kept = async (record: StoredRecord): Promise<void> =>
        put(record, await readAt(shard.handle, record.offset, record.payloadBytes));
      await put({ kind: 'experiment', cell: 0, firstPath: 0, paths: 0, throughMid: 0 }, Buffer.from(experiment));
      for (const record of shard.content.records) await kept(record);
      for (const record of shard.content.others) if (record.kind === 'outcome') await kept(record);
      for (const scenario of scenarios) {
        for (const group of groups(shard.rangesOf(scenario))) {
          const [first] = group;
          if (group.length === 1) await kept(first!);
          else {
            const paths = group.reduce((sum, record) => sum + record.paths, 0);
            await put({ ...first!, paths }, encodeStoredRange(await joined(shard, group, cells)));
          }
        }
      }
    });
  } finally {
    await shard.close();
  }
}

/** Neighbours, as many as may go into one record. */
function groups(records: readonly StoredRecord[]): StoredRecord[][] {
  const found: StoredRecord[][] = [];
  let [bytes, end] = [0, Number.NaN];
  for (const record of records) {
    if (record.firstPath !== end || bytes + record.payloadBytes > MOST_JOINED) {
      found.push([]);
      bytes = 0;
    }
    found.at(-1)?.push(record);
    bytes += record.payloadBytes;
    end = record.firstPath + record.paths;
  }
  return found;
}

async function joined(
  shard: ShardContent,
  records: readonly StoredRecord[],
  cells: ReadonlyMap<number, readonly Cell[]>,
): Promise<StoredRange> {
  const [first] = records;
  const { scenario } = cells.get(first!.cell)![0]!;
  const fold = new RangeFold(scenario, first!.firstPath);
  let diagnostics: StoredRange['diagnostics'] = scenario.strategies.map(() => undefined);
  for (const record of records) {
    const stored = await shard.range(record);
    fold.addRange(stored.range);
    diagnostics = diagnostics.map((known, i) => known ?? stored.diagnostics[i]);
  }
  return { range: fold.result(), diagnostics };
}

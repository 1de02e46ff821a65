import path from 'node:path';
import type { RunPlan } from '../plan/plan.ts';
import { type Shard, shardName } from '../plan/shard.ts';
import type { PathsFormat } from '../report/export-paths.ts';
import { pathsOfRanges, runShard, type ShardResult } from '../run-shard.ts';
import { shardRanges } from '../simulate/shard-ranges.ts';
import { formatBytes, formatCount, formatDuration } from '../util/format.ts';
import { shellWord } from '../util/shell-word.ts';
import { workerCount } from './common-options.ts';
import { onInterrupt } from './interrupt.ts';
import { RunConsole } from './run-console.ts';

interface ShardArguments {
  readonly 'output-dir': string | undefined;
  readonly workers: number | undefined;
  readonly 'time-limit'?: number | undefined;
  readonly 'export-paths': PathsFormat | undefined;
  readonly fresh?: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** `shards/<name>-<hash>/<index>-of-<count>`: a task that is begun again finds its folder whatever the day. */
export function defaultShardFolder(plan: RunPlan, { index, count }: Shard): string {
  return path.join('shards', `${plan.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${plan.hash}`, `${index}-of-${count}`);
}

/**
 * Simulates a shard with progress on stderr and says what it came to. A cell that fails is told, and is no error: it is recorded,
 * and the merged run reports it. Throws as `runShard` does.
 */
export async function executeShard(plan: RunPlan, shard: Shard, args: ShardArguments): Promise<void> {
  const display = new RunConsole(args);
  const { say } = display;
  const interrupt = onInterrupt();
  display.start(pathsOfRanges(shardRanges(plan, shard)));
  const outputDir = args['output-dir'] ?? defaultShardFolder(plan, shard);
  const begun = performance.now();
  try {
    const result = await runShard(plan, shard, {
      workers: workerCount(args.workers),
      timeLimit: args['time-limit'],
      outputDir,
      exportPaths: args['export-paths'],
      fresh: args.fresh,
      signal: interrupt.signal,
      onNote: say,
      onBlock: display.onBlock,
    });
    display.stop();
    const [first] = result.failures;
    if (first !== undefined) {
      say(
        `warning: ${formatCount(result.failures.length)} cells failed, which merge will report; the first: ${first.strategy}: ${first.message}`,
      );
    }
    if (args.json)
      process.stdout.write(
        `${JSON.stringify({ name: plan.name, hash: plan.hash, outputDir, ...result }, undefined, 2)}\n`,
      );
    else if (!args.quiet) process.stdout.write(shardReport(result, outputDir, (performance.now() - begun) / 1000));
  } finally {
    display.stop();
    interrupt.release();
  }
}

function shardReport(result: ShardResult, outputDir: string, seconds: number): string {
  const { shard, cells, paths, simulated, bytes, file } = result;
  const rate = simulated === 0 ? '' : ` (${formatCount(Math.round(simulated / seconds))} paths/s)`;
  return (
    `${shardName(shard)}: ${formatCount(paths)} paths of ${formatCount(cells)} cells; ${formatCount(simulated)} simulated in ` +
    `${formatDuration(seconds)}${rate}; ${formatBytes(bytes)} in ${file}\n` +
    `when all are there: mm-batch merge ${shellWord(path.dirname(outputDir))} --output-dir DIR\n`
  );
}

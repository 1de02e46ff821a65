import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunResult } from '../aggregate/results.ts';
import { version } from '../util/version.ts';
import { goalDocuments } from './goal-documents.ts';
import type { ExperimentRecord } from './journal/experiment-record.ts';
import { warningText } from './warning-text.ts';

/** The layout of manifest.json; raised when a reader would have to know. */
const FORMAT = 1;

/** What a run took, in seconds. */
export interface RunTimings {
  readonly started: string;
  readonly simulate: number;
  readonly total: number;
}

/** Everything that explains a run's numbers but is not one of them: config, versions, machine, timings, file hashes. */
export async function manifestJson(
  result: RunResult,
  facts: {
    /** Worker threads; 0 = the calling thread. */
    readonly workers: number | 'queue';
    /** That the run was merged from; absent where it was simulated in one piece. */
    readonly shards?: number | undefined;
    readonly timings: RunTimings;
    readonly files: readonly string[];
    /** What the run can be made again from. */
    readonly experiment: ExperimentRecord | undefined;
    /** Arguments of the command line that makes the run again where no experiment file does. */
    readonly command?: readonly string[] | undefined;
  },
): Promise<string> {
  const { plan, scenarios, warnings } = result;
  const hashes = await Promise.all(facts.files.map(async (file) => [path.basename(file), await sha256(file)]));
  const manifest = {
    format: FORMAT,
    name: plan.name,
    version,
    hash: plan.hash,
    seed: plan.scenarios[0]?.seed,
    experiment: facts.experiment,
    command: facts.command,
    swept: plan.sweptPaths,
    scenarios: plan.scenarios,
    statistics: scenarios.map(({ statistics }) => statistics),
    ...goalDocuments(result),
    failures: scenarios.flatMap(({ scenario, strategies }) =>
      strategies.flatMap((row) =>
        row.state === 'failed' ? [{ scenario: scenario.index, strategy: row.strategy, message: row.message }] : [],
      ),
    ),
    warnings: warnings.map((warning) => ({ ...warning, text: warningText(warning) })),
    files: Object.fromEntries(hashes),
    machine: {
      node: process.version,
      v8: process.versions.v8,
      platform: process.platform,
      arch: process.arch,
      cpu: os.cpus()[0]?.model ?? 'unknown',
      cores: os.availableParallelism(),
      memory: os.totalmem(),
    },
    workers: facts.workers,
    shards: facts.shards,
    timings: facts.timings,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

import path from 'node:path';
import { cellFacts } from '../aggregate/cell-facts.ts';
import type { RiskMeasures } from '../config/goals.ts';
import { seedKey } from '../simulate/random/seed-key.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { Handoff } from '../util/handoff.ts';
import { type PathChunk, writePathsCsv } from './paths-csv.ts';

export type PathsFormat = 'csv' | 'parquet';

/** A file of single paths under way; chunks of paths go to it as they finish, and it takes its name when all are in. */
export interface PathsExport {
  readonly file: string;
  /** Resolves when the cell's rows are written. Throws FileError. */
  add(outcome: ChunkOutcome): Promise<void>;
  /** Completes the file. Throws FileError. */
  finish(): Promise<void>;
  /** Leaves no file behind. */
  abandon(): Promise<void>;
}

class AbandonedError extends Error {}

/**
 * Starts paths.csv or paths.parquet in a run's folder; an aborted signal ends it between two chunks of rows.
 * @param assets names of the assets of the run's portfolios
 */
export function startPathsExport(
  folder: string,
  format: PathsFormat,
  signal?: AbortSignal,
  assets: readonly string[] = [],
  risk?: RiskMeasures,
): PathsExport {
  const file = path.join(folder, `paths.${format}`);
  const chunks = new Handoff<PathChunk>();
  let abandoned = false;
  let failure: unknown;
  const source = (async function* () {
    yield* chunks;
    // Thrown into the writer, which then removes its temporary file.
    if (abandoned) throw new AbandonedError();
  })();
  const written = writePaths(file, format, source, signal, assets, risk).finally(() => chunks.end());
  // Thrown by the next `add` or by `finish`; until then a failure must not count as unhandled.
  written.catch((error: unknown) => {
    failure = error;
  });
  return {
    file,
    async add(outcome) {
      if (outcome.state === 'failed') return;
      const { scenario, strategy } = outcome.cell;
      await chunks.push({
        scenario: scenario.index,
        strategy: strategy.name,
        columns: outcome.columns,
        facts: cellFacts(outcome.cell),
        seedKey: (at) => seedKey(scenario.seed, at),
      });
      if (failure !== undefined) throw failure;
    },
    async finish() {
      chunks.end();
      await written;
    },
    async abandon() {
      abandoned = true;
      chunks.end();
      await written.catch(() => {});
    },
  };
}

async function writePaths(
  file: string,
  format: PathsFormat,
  chunks: AsyncIterable<PathChunk>,
  signal: AbortSignal | undefined,
  assets: readonly string[],
  risk: RiskMeasures | undefined,
): Promise<void> {
  if (format === 'csv') return writePathsCsv(file, chunks, signal, assets, risk);
  // Loaded on demand: few runs write Parquet.
  const { writePathsParquet } = await import('./paths-parquet.ts');
  return writePathsParquet(file, chunks, signal, assets, risk);
}

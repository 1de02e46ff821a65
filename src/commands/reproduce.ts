import path from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import { renderChart } from '../report/plots/render-chart.ts';
import { openRunFolder } from '../report/run-folder.ts';
import { type LoadedStudy, loadStudy, studyNames } from '../reproduce/load-study.ts';
import { runStudy } from '../reproduce/run-study.ts';
import { studyCsv, studyTable } from '../reproduce/study-report.ts';
import type { StudyRow } from '../reproduce/study-row.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { ExitCode, UserError } from '../util/errors.ts';
import { experimentOptions, outputOptions, simulationOptions, workerCount } from './common-options.ts';
import { onInterrupt } from './interrupt.ts';

/** Published figures were not met. */
class FiguresMissedError extends UserError {
  override readonly name = 'FiguresMissedError';
  readonly exitCode = ExitCode.thresholdFailed;
}

const DEFAULT_FOLDER = path.join('runs', 'reproduce');

const options = {
  paths: { ...experimentOptions.paths, describe: 'paths for each strategy, over those in the files' },
  seed: { ...experimentOptions.seed, describe: 'seed (integer or text), over those in the files' },
  'output-dir': { ...simulationOptions['output-dir'], defaultDescription: DEFAULT_FOLDER },
  workers: simulationOptions.workers,
  json: outputOptions.json,
  quiet: outputOptions.quiet,
  verbose: outputOptions.verbose,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly studies: readonly string[] | undefined };

/** `reproduce [studies..]`: published figures beside exact and simulated ones; fails where one is not met. */
export const reproduce = {
  builder: (yargs: Argv) =>
    yargs
      .positional('studies', {
        type: 'string',
        array: true,
        describe: `names (${studyNames().join(', ')}) or files of expected figures`,
        defaultDescription: 'all that come with the package',
      })
      .options(options)
      .example('$0 reproduce', 'every published figure')
      .example('$0 reproduce glft-2013 --output-dir out', 'one publication'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  const names = args.studies === undefined || args.studies.length === 0 ? studyNames() : args.studies;
  const studies: LoadedStudy[] = [];
  for (const name of names) studies.push(await loadStudy(name, { paths: args.paths, seed: args.seed }));
  const folder = await openRunFolder(args['output-dir'] ?? DEFAULT_FOLDER);
  const interrupt = onInterrupt();
  const found: { study: string; rows: readonly StudyRow[] }[] = [];
  try {
    for (const study of studies) {
      const rows = await execute(study, folder.path, args, interrupt.signal);
      found.push({ study: study.name, rows });
    }
  } catch (error) {
    await folder.discard();
    throw error;
  } finally {
    interrupt.release();
  }
  if (args.json) process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  requireAll(found.flatMap(({ rows }) => rows));
  if (!args.json && !args.quiet) process.stdout.write(`all figures reproduced; tables and charts in ${folder.path}\n`);
}

async function execute(
  study: LoadedStudy,
  folder: string,
  args: Arguments,
  signal: AbortSignal,
): Promise<readonly StudyRow[]> {
  const begun = performance.now();
  const { rows, charts } = await runStudy(study, { workers: workerCount(args.workers), signal });
  await writeFileAtomic(path.join(folder, `${study.name}.csv`), studyCsv(rows));
  if (!args.json && !args.quiet) process.stdout.write(`${studyTable(study.study, rows)}\n`);
  for (const { file, spec } of charts) {
    await writeFileAtomic(path.join(folder, file), await renderChart(spec, { format: 'png' }));
  }
  if (args.verbose) process.stderr.write(`${study.name}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return rows;
}

function requireAll(rows: readonly StudyRow[]): void {
  const missed = rows.filter(({ reproduced }) => !reproduced);
  const [first] = missed;
  if (first === undefined) return;
  const of = first.strategy === undefined ? '' : ` of ${first.strategy}`;
  throw new FiguresMissedError(
    `${missed.length} of ${rows.length} figures are not reproduced; the first: ${first.case}: ${first.figure}${of}: ` +
      `expected ${first.exact} within ${first.allowed.toPrecision(2)}, got ${first.ours} (check the expected figure, or report it)`,
  );
}

import os from 'node:os';
import type { Options, PositionalOptions } from 'yargs';
import type { ChartFormat } from '../report/plots/render-chart.ts';
import type { JournalMode } from '../run-journal.ts';
import { ConfigError } from '../util/errors.ts';

/** The experiment file, wherever a command takes one. */
export const configArgument = {
  type: 'string',
  demandOption: true,
  describe: 'experiment file, YAML or JSON',
} as const satisfies PositionalOptions;

/** Options of the commands that read an experiment. Values stay text until checked here: yargs turns bad ones into NaN. */
export const experimentOptions = {
  set: {
    type: 'string',
    array: true,
    default: [] as string[],
    defaultDescription: 'none',
    describe: 'override a key: --set simulator.sigma=0.3 (repeatable)',
  },
  paths: {
    type: 'string',
    describe: 'paths for each strategy, over the one in the file',
    coerce: wholeNumber('paths', 2),
  },
  seed: { type: 'string', describe: 'seed (integer or text), over the one in the file', coerce: single('seed') },
} as const satisfies Record<string, Options>;

/** Options of the commands that simulate. */
export const simulationOptions = {
  'output-dir': {
    type: 'string',
    describe: 'folder for the report, used exactly as given',
    defaultDescription: 'runs/<date>-<name>-<hash>',
    coerce: single('output-dir'),
  },
  workers: {
    type: 'string',
    describe: 'worker threads; 0 computes on the main thread',
    defaultDescription: 'the cores',
    coerce: wholeNumber('workers', 0, 1024),
  },
  'time-limit': {
    type: 'string',
    describe: 'seconds that a block of paths, some milliseconds of work, may take before its worker is replaced',
    defaultDescription: '120',
    coerce: wholeNumber('time-limit', 1, 86_400),
  },
  'export-paths': {
    type: 'string',
    describe: 'also write one row a path: csv (the default format) or parquet',
    coerce: pathsFormat,
  },
  'strict-thresholds': {
    type: 'boolean',
    default: false,
    describe: 'exit code 4 for unresolved thresholds too',
  },
  'dry-run': { type: 'boolean', default: false, describe: 'check everything and print the plan, without running' },
} as const satisfies Record<string, Options>;

/** What is kept to go on after an interruption. */
export const journalOption = {
  type: 'string',
  describe:
    'auto: keep finished paths after the first second, to resume; keep: from the start, and after the end whatever its size; off',
  default: 'auto',
  coerce: journalMode,
} as const satisfies Options;

/** The server of a queue. */
export const redisOption = {
  type: 'string',
  describe: 'Redis server of the queue: redis://[user:password@]host[:port][/db], or rediss:// for TLS',
  defaultDescription: 'MM_BATCH_REDIS',
  coerce: single('redis'),
} as const satisfies Options;

/** Where blocks are computed, for the commands whose runs can be spread. */
export const executorOptions = {
  executor: {
    type: 'string',
    describe: 'local: threads of this machine; queue: the mm-batch worker processes at a Redis server',
    default: 'local',
    coerce: executorKind,
  },
  redis: redisOption,
} as const satisfies Record<string, Options>;

/** Pictures beside the CSVs, where a command can draw. */
export const plotsOption = {
  type: 'string',
  describe: 'also draw the results: png (the default format) or svg',
  coerce: chartFormat,
} as const satisfies Options;

/** The page beside the CSVs, of the commands that write a run's folder. */
export const htmlOption = {
  type: 'boolean',
  default: true,
  describe: 'write report.html, a page to read and to hand on; --no-html for none',
} as const satisfies Options;

/** Options of output, common to all commands. */
export const outputOptions = {
  json: { type: 'boolean', default: false, describe: 'print one JSON document on stdout' },
  quiet: { type: 'boolean', default: false, describe: 'print errors only' },
  verbose: { type: 'boolean', default: false, describe: 'print what is done, with timings' },
  progress: { type: 'boolean', default: true, describe: 'show progress on stderr' },
} as const satisfies Record<string, Options>;

/** The number of worker threads asked for, or the cores. */
export function workerCount(workers: number | undefined): number {
  return workers ?? os.availableParallelism();
}

/** The server's URL. The variable keeps a password out of the list of processes. @param wanted what asks for it */
export function redisUrl(redis: string | undefined, wanted: string): string {
  const url = redis ?? process.env['MM_BATCH_REDIS'];
  if (url !== undefined && url !== '') return url;
  throw new ConfigError(
    `${wanted}: expected --redis redis://host:port, or MM_BATCH_REDIS in the environment, got neither`,
  );
}

export function single(name: string) {
  return (value: unknown): string | undefined => {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '') return value;
    const found = Array.isArray(value) ? 'more than one' : value === false ? `--no-${name}` : 'nothing';
    throw new ConfigError(`--${name}: expected one value, got ${found} (give it once, with a value)`);
  };
}

export function wholeNumber(name: string, least: number, most = 1e9) {
  return (value: unknown): number | undefined => {
    const text = single(name)(value);
    if (text === undefined) return undefined;
    const number = /^\d+(e\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new ConfigError(`--${name}: expected a whole number from ${least} to ${most}, got ${text}`);
  };
}

/** undefined where it was not given, or given as --no-plots. */
function chartFormat(value: unknown): ChartFormat | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === '' || value === true) return 'png';
  const text = single('plots')(value);
  if (text === 'png' || text === 'svg') return text;
  throw new ConfigError(`--plots: expected png or svg, got ${text}`);
}

function journalMode(value: unknown): JournalMode {
  const text = single('journal')(value);
  if (text === 'auto' || text === 'keep' || text === 'off') return text;
  throw new ConfigError(`--journal: expected auto, keep or off, got ${text}`);
}

function executorKind(value: unknown): 'local' | 'queue' {
  const text = single('executor')(value);
  if (text === 'local' || text === 'queue') return text;
  throw new ConfigError(`--executor: expected local or queue, got ${text}`);
}

function pathsFormat(value: unknown): 'csv' | 'parquet' | undefined {
  if (value === undefined) return undefined;
  if (value === '' || value === true) return 'csv';
  const text = single('export-paths')(value);
  if (text === 'csv' || text === 'parquet') return text;
  throw new ConfigError(`--export-paths: expected csv or parquet, got ${text}`);
}

import type { Argv, InferredOptionTypes } from 'yargs';
import { outputOptions, redisOption, redisUrl, single, wholeNumber, workerCount } from './common-options.ts';
import { onInterrupt } from './interrupt.ts';

const options = {
  redis: redisOption,
  workers: {
    type: 'string',
    describe: 'worker threads',
    defaultDescription: 'the cores',
    coerce: wholeNumber('workers', 1, 1024),
  },
  concurrency: {
    type: 'string',
    describe: 'blocks of a run that are held at a time, those that wait for a thread among them',
    defaultDescription: 'twice the threads',
    coerce: wholeNumber('concurrency', 1, 4096),
  },
  'code-dir': {
    type: 'string',
    describe: 'stands for the folder of the experiment file, where the modules of its strategies are looked for',
    defaultDescription: "the file's own folder, if it is here; else the current one",
    coerce: single('code-dir'),
  },
  'exit-when-idle': {
    type: 'string',
    describe: 'seconds without work after which the worker ends',
    defaultDescription: 'never',
    coerce: wholeNumber('exit-when-idle', 1),
  },
  quiet: outputOptions.quiet,
} as const;
type Arguments = InferredOptionTypes<typeof options>;

/** `worker`: takes blocks of runs with `--executor queue` and computes them. */
export const worker = {
  builder: (yargs: Argv) =>
    yargs
      .options(options)
      .example('$0 worker --redis redis://queue.example:6379', 'on any machine; Ctrl-C finishes what it holds and ends')
      .example('$0 worker --workers 8 --exit-when-idle 60', 'by MM_BATCH_REDIS, and until there is nothing to do'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  // Loaded on demand: no other command needs it.
  const { serveRuns } = await import('../worker/serve-runs.ts');
  const interrupt = onInterrupt();
  try {
    await serveRuns({
      redis: redisUrl(args.redis, 'worker'),
      threads: workerCount(args.workers),
      concurrency: args.concurrency,
      codeDir: args['code-dir'],
      exitWhenIdle: args['exit-when-idle'],
      signal: interrupt.signal,
      say: (line) => {
        if (!args.quiet) process.stderr.write(`${line}\n`);
      },
    });
  } finally {
    interrupt.release();
  }
  // Connections of BullMQ to a server that is away would stay.
  process.exit();
}

import type { RunOptions } from '../run-experiment.ts';
import { ConfigError } from '../util/errors.ts';
import { redisUrl } from './common-options.ts';

/** A queue that a run is spread by. */
export interface OpenQueue {
  /** The server's address. */
  readonly address: string;
  readonly executor: NonNullable<RunOptions['executor']>;
  close(): void;
}

/**
 * Connects to the server where a queue is asked for; undefined where none is.
 * @throws ConfigError and ConnectionError, before any work
 */
export async function openQueue(
  args: {
    readonly executor?: 'local' | 'queue';
    readonly redis?: string | undefined;
    readonly workers: number | undefined;
    readonly 'time-limit'?: number | undefined;
  },
  note: (line: string) => void,
): Promise<OpenQueue | undefined> {
  if (args.executor !== 'queue') {
    if (args.redis !== undefined) throw new ConfigError('--redis: expected --executor queue beside it');
    return undefined;
  }
  if (args.workers !== undefined) {
    throw new ConfigError('--workers: the threads of a queue are those of its workers (give it to mm-batch worker)');
  }
  const url = redisUrl(args.redis, '--executor queue');
  // Loaded on demand: most runs stay on one machine.
  const { connectRedis } = await import('../simulate/executors/queue/connection.ts');
  const { createQueueExecutor } = await import('../simulate/executors/queue/create-queue-executor.ts');
  const link = await connectRedis(url, note);
  const timeLimit = args['time-limit'];
  return {
    address: link.address,
    executor(experiment) {
      if (experiment === undefined) throw new ConfigError('--executor queue: the experiment cannot be sent as a text');
      const record = JSON.stringify(experiment);
      const offer = { name: experiment.name, record, ...(timeLimit === undefined ? {} : { timeLimit }) };
      return createQueueExecutor(link, offer, note);
    },
    close: () => link.close(),
  };
}

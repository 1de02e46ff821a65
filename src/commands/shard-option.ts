import type { Options } from 'yargs';
import { MOST_SHARDS, type Shard } from '../plan/shard.ts';
import { ConfigError } from '../util/errors.ts';
import { single } from './common-options.ts';

/** `--shard`: which part of a run to simulate. */
export const shardOption = {
  type: 'string',
  describe:
    'simulate one part of the run for `merge`: 3/20 is the third of 20; auto/20 takes the place of the task in a SLURM array, ' +
    'a Kubernetes Indexed Job or an AWS Batch array; auto takes their number too',
  coerce: (value: unknown) => shardOf(value, process.env),
} as const satisfies Options;

type Environment = Readonly<Record<string, string | undefined>>;

/** How a scheduler tells a task its place. */
interface Scheduler {
  readonly index: string;
  /** The place of the first task. */
  readonly first: number;
  readonly count: string;
  /** How to have tasks numbered as they should be. */
  readonly cure: (count: number | string) => string;
}

const SCHEDULERS: readonly Scheduler[] = [
  {
    index: 'SLURM_ARRAY_TASK_ID',
    first: 1,
    count: 'SLURM_ARRAY_TASK_COUNT',
    cure: (count) => `submit with --array=1-${count}`,
  },
  {
    index: 'JOB_COMPLETION_INDEX',
    first: 0,
    count: 'JOB_COMPLETION_COUNT',
    cure: (count) => `set completionMode: Indexed and completions: ${count}`,
  },
  {
    index: 'AWS_BATCH_JOB_ARRAY_INDEX',
    first: 0,
    count: 'AWS_BATCH_JOB_ARRAY_SIZE',
    cure: (count) => `submit with --array-properties size=${count}`,
  },
];

/** The shard that `--shard` names; undefined where it was not given. Throws ConfigError. */
export function shardOf(value: unknown, environment: Environment): Shard | undefined {
  if (value === undefined) return undefined;
  const text = value === '' || value === true ? 'auto' : single('shard')(value);
  const match = /^(auto|\d+)(?:\/(\d+))?$/.exec(text ?? '');
  const [, place, total] = match ?? [];
  if (place === undefined || (place !== 'auto' && total === undefined)) {
    throw new ConfigError(`--shard: expected a part of the run such as 3/20, auto/20 or auto, got ${text}`);
  }
  const count = total === undefined ? undefined : Number(total);
  if (count !== undefined && !(count >= 1 && count <= MOST_SHARDS)) {
    throw new ConfigError(`--shard: expected 1 to ${MOST_SHARDS} shards, got ${total}`);
  }
  if (place === 'auto') return fromEnvironment(count, environment);
  return checked(Number(place), count!, `--shard: expected a part from 1/${count} to ${count}/${count}, got ${text}`);
}

function checked(index: number, count: number, message: string): Shard {
  if (index >= 1 && index <= count) return { index, count };
  throw new ConfigError(message);
}

function fromEnvironment(asked: number | undefined, environment: Environment): Shard {
  const present = SCHEDULERS.filter(({ index }) => environment[index] !== undefined);
  const [scheduler] = present;
  if (scheduler === undefined) {
    const names = SCHEDULERS.map(({ index }) => index).join(', ');
    throw new ConfigError(
      `--shard auto: expected one of ${names} in the environment, got none (say which part: --shard 3/20)`,
    );
  }
  const { index, first, cure } = scheduler;
  if (present.length > 1) {
    const names = present.map((one) => one.index).join(' and ');
    throw new ConfigError(`--shard auto: expected one scheduler, got ${names} (say which part: --shard 3/20)`);
  }
  const count = asked ?? countFrom(scheduler, environment);
  const found = environment[index];
  const place = /^\d+$/.test(found ?? '') ? Number(found) - first + 1 : Number.NaN;
  return checked(
    place,
    count,
    `--shard auto: expected ${index} from ${first} to ${first + count - 1}, got ${found} (${cure(count)})`,
  );
}

/** A scheduler's own count is trusted only where all tasks are there: one that is submitted anew by itself is told that there is one. */
function countFrom({ index, count, cure }: Scheduler, environment: Environment): number {
  const found = environment[count];
  const number = Number(found);
  if (/^\d+$/.test(found ?? '') && number >= 2 && number <= MOST_SHARDS) return number;
  const got = found === undefined ? 'none' : found;
  throw new ConfigError(
    `--shard auto: expected the number of shards, 2 or more, in ${count} beside ${index}, got ${got} ` +
      `(say it: --shard auto/20; ${cure('20')})`,
  );
}

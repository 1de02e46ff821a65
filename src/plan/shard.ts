/** One of the parts of equal work that a run is cut into, to be simulated by themselves. */
export interface Shard {
  /** 1 … count. */
  readonly index: number;
  readonly count: number;
}

/** More would be a mistake of the command line. */
export const MOST_SHARDS = 100_000;

export function shardName({ index, count }: Shard): string {
  return `shard ${index} of ${count}`;
}

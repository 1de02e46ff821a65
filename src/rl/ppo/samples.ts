/** "mmRO" in ASCII: marks a buffer as the samples of a rollout. */
const MAGIC = 0x6d6d524f;
const VERSION = 1;
/** Magic, version, environments, steps, features, numbers of an action. */
const HEADER_BYTES = 24;

export interface SampleShape {
  readonly environments: number;
  readonly steps: number;
  readonly features: number;
  /** Numbers of an action. */
  readonly actions: number;
}

/** What a rollout notes of each step; sample s × environments + i is step s of environment i. */
export interface Samples extends SampleShape {
  /** Samples × features, as the environment gives them. */
  readonly observations: Float64Array;
  /** Samples × numbers of an action. */
  readonly actionValues: Float32Array;
  readonly logProbabilities: Float32Array;
  /** The critic's value of the observation. */
  readonly values: Float64Array;
  readonly rewards: Float64Array;
  /** 1 where the step ended its episode. */
  readonly ended: Uint8Array;
  /** The critic's value of what an episode would still have been worth where the step cut it off; else 0. */
  readonly cutOffValues: Float64Array;
  /** The critic's value of where each environment stands after the last step. */
  readonly lastValues: Float64Array;
}

/** Shared memory for the samples of a rollout, which threads write side by side. */
export function allocateSamples({ environments, steps, features, actions }: SampleShape): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytesOf({ environments, steps, features, actions }));
  new Uint32Array(buffer, 0, 6).set([MAGIC, VERSION, environments, steps, features, actions]);
  return buffer;
}

/** Views of the samples. Throws on a foreign buffer. */
export function viewSamples(buffer: SharedArrayBuffer): Samples {
  const [magic, version, environments = 0, steps = 0, features = 0, actions = 0] = new Uint32Array(buffer, 0, 6);
  const shape = { environments, steps, features, actions };
  if (magic !== MAGIC || version !== VERSION || buffer.byteLength < bytesOf(shape)) {
    throw new Error(`not a samples buffer of version ${VERSION} (magic ${magic}, version ${version})`);
  }
  const count = environments * steps;
  let offset = HEADER_BYTES;
  const doubles = (length: number): Float64Array => {
    const column = new Float64Array(buffer, offset, length);
    offset += column.byteLength;
    return column;
  };
  const singles = (length: number): Float32Array => {
    const column = new Float32Array(buffer, offset, length);
    offset += column.byteLength;
    return column;
  };
  // Doubles first, so that they are aligned.
  return {
    ...shape,
    observations: doubles(count * features),
    values: doubles(count),
    rewards: doubles(count),
    cutOffValues: doubles(count),
    lastValues: doubles(environments),
    actionValues: singles(count * actions),
    logProbabilities: singles(count),
    ended: new Uint8Array(buffer, offset, count),
  };
}

function bytesOf({ environments, steps, features, actions }: SampleShape): number {
  const count = environments * steps;
  return HEADER_BYTES + 8 * (count * (features + 3) + environments) + 4 * count * (actions + 1) + count;
}

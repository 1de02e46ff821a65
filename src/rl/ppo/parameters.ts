import type { NumberStream } from '../../simulate/random/path-stream.ts';
import type { Layer } from '../../strategies/ppo/mlp.ts';
import { type EnvSettings, rlOf } from '../env/settings.ts';

/** A view of the flat parameters as a matrix of rows × columns, or a vector where rows is 0. */
export interface Tensor {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Where the parameters of policy and value network lie in one flat array: each layer's weights (inputs × outputs) and bias,
 * policy first, then value, then the log standard deviations of the two sides where the actions are half spreads.
 */
export interface ParameterLayout {
  readonly tensors: readonly Tensor[];
  readonly size: number;
  /** Layers of each network. */
  readonly depth: number;
  readonly inputs: number;
  /** Numbers of an action: two half spreads, or the number of a pair of levels. */
  readonly actions: 1 | 2;
  /** Outputs of the policy network: the means of the half spreads, or log probabilities of the pairs but for a constant. */
  readonly outputs: number;
}

/** @param levels half spreads a side to choose among; null = any */
export function parameterLayout(inputs: number, hidden: readonly number[], levels: number | null): ParameterLayout {
  const policyOutputs = levels === null ? 2 : levels * levels;
  const tensors: Tensor[] = [];
  let size = 0;
  const add = (rows: number, columns: number): void => {
    tensors.push({ offset: size, rows, columns });
    size += Math.max(1, rows) * columns;
  };
  for (const outputs of [policyOutputs, 1]) {
    let width = inputs;
    for (const next of [...hidden, outputs]) {
      add(width, next);
      add(0, next);
      width = next;
    }
  }
  if (levels === null) add(0, 2);
  const actions = levels === null ? 2 : 1;
  return { tensors, size, depth: hidden.length + 1, inputs, actions, outputs: policyOutputs };
}

/** The layout of the networks for an environment. */
export function layoutOf({ scenario, features }: EnvSettings): ParameterLayout {
  const { net_arch, action_levels } = rlOf(scenario);
  return parameterLayout(features.length, net_arch, action_levels);
}

export function tensorView({ offset, rows, columns }: Tensor, values: Float32Array): Float32Array {
  return values.subarray(offset, offset + Math.max(1, rows) * columns);
}

/** The layers of a network as views of the flat array, which may change under them. */
export function layersOf(layout: ParameterLayout, network: 'policy' | 'value', values: Float32Array): Layer[] {
  const first = network === 'policy' ? 0 : 2 * layout.depth;
  return Array.from({ length: layout.depth }, (_, i) => {
    const weights = layout.tensors[first + 2 * i]!;
    return {
      inputs: weights.rows,
      outputs: weights.columns,
      weights: tensorView(weights, values),
      bias: tensorView(layout.tensors[first + 2 * i + 1]!, values),
    };
  });
}

/** The log standard deviations as a view; empty where actions are discrete. */
export function logStdOf({ tensors, depth }: ParameterLayout, values: Float32Array): Float32Array {
  const tensor = tensors[4 * depth];
  return tensor === undefined ? new Float32Array(0) : tensorView(tensor, values);
}

/**
 * Stable-Baselines3's start: orthogonal weights (Saxe, McClelland & Ganguli 2014) with gain √2 in hidden layers, 0.01 for the
 * actions and 1 for the value, zero biases, the same log standard deviation for all actions.
 */
export function initialParameters(layout: ParameterLayout, logStd: number, normals: NumberStream): Float32Array {
  const values = new Float32Array(layout.size);
  const { depth, tensors } = layout;
  for (let network = 0; network < 2; network++) {
    for (let i = 0; i < depth; i++) {
      const tensor = tensors[2 * (network * depth + i)]!;
      const gain = i < depth - 1 ? Math.SQRT2 : network === 0 ? 0.01 : 1;
      tensorView(tensor, values).set(orthogonal(tensor.rows, tensor.columns, gain, normals));
    }
  }
  logStdOf(layout, values).fill(logStd);
  return values;
}

/** A rows × columns matrix with orthonormal columns (or rows, where there are fewer) times `gain`, uniformly distributed. */
export function orthogonal(rows: number, columns: number, gain: number, normals: NumberStream): Float64Array {
  const long = Math.max(rows, columns);
  const vectors = Array.from({ length: Math.min(rows, columns) }, () =>
    Float64Array.from({ length: long }, () => normals.next()),
  );
  // Gram and Schmidt's process, twice over ("twice is enough"; Giraud et al., Numer. Math. 101, 2005).
  vectors.forEach((vector, i) => {
    for (let round = 0; round < 2; round++) {
      for (const earlier of vectors.slice(0, i)) {
        const share = dot(vector, earlier);
        for (let k = 0; k < long; k++) vector[k] = vector[k]! - share * earlier[k]!;
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < long; k++) vector[k] = vector[k]! / norm;
  });
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return gain * (rows >= columns ? vectors[column]![row]! : vectors[row]![column]!);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

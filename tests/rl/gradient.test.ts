import { defaultDevice, init, type Array as JaxArray, jit, numpy as np, valueAndGrad } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { Learner } from '../../src/rl/ppo/learner.ts';
import { ppoLoss } from '../../src/rl/ppo/loss.ts';
import { initialParameters, type ParameterLayout, parameterLayout } from '../../src/rl/ppo/parameters.ts';
import { NormalStream } from '../../src/simulate/random/path-stream.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';

const layout = parameterLayout(3, [5, 4], 2);
const weights = { clip_range: 0.2, ent_coef: 0.01, vf_coef: 0.5, max_grad_norm: 0.5 };
const SAMPLES = 32;
const normals = new NormalStream(keyFromSeed('gradient'), 0, 1);
normals.start(0, false);
// Rounded to single precision, so that both precisions are given the same numbers.
const draw = (count: number): Float64Array => Float64Array.from({ length: count }, () => Math.fround(normals.next()));

const parameters = Float64Array.from(initialParameters(layout, -0.5, normals), (x) =>
  Math.fround(x + 0.1 * normals.next()),
);
const observations = draw(3 * SAMPLES);
const actions = draw(2 * SAMPLES);
const advantages = draw(SAMPLES);
const returns = draw(SAMPLES);

/** The loss written a second time, sample by sample, in plain double precision. */
function plainLoss(values: Float64Array, oldLogProbabilities: Float64Array): { loss: number; logs: number[] } {
  const at = (t: number, row: number, column: number): number => {
    const { offset, columns } = layout.tensors[t]!;
    return values[offset + row * columns + column]!;
  };
  const network = (first: number, x: number[]): number[] => {
    let out = x;
    for (let l = 0; l < layout.depth; l++) {
      const { columns } = layout.tensors[first + 2 * l]!;
      const sums = Array.from({ length: columns }, (_, j) =>
        out.reduce((sum, v, i) => sum + v * at(first + 2 * l, i, j), at(first + 2 * l + 1, 0, j)),
      );
      out = l < layout.depth - 1 ? sums.map(Math.tanh) : sums;
    }
    return out;
  };
  const logStd = [at(12, 0, 0), at(12, 0, 1)];
  const logs: number[] = [];
  let policy = 0;
  let value = 0;
  for (let s = 0; s < SAMPLES; s++) {
    const x = Array.from(observations.subarray(3 * s, 3 * s + 3));
    const mean = network(0, x);
    const log = logStd.reduce((sum, l, d) => {
      const z = (actions[2 * s + d]! - mean[d]!) / Math.exp(l);
      return sum - 0.5 * z * z - l - 0.5 * Math.log(2 * Math.PI);
    }, 0);
    logs.push(log);
    const ratio = Math.exp(log - oldLogProbabilities[s]!);
    const clipped = Math.min(1.2, Math.max(0.8, ratio));
    policy -= Math.min(ratio * advantages[s]!, clipped * advantages[s]!) / SAMPLES;
    value += (network(6, x)[0]! - returns[s]!) ** 2 / SAMPLES;
  }
  const entropy = logStd.reduce((sum, l) => sum + l + 0.5 * Math.log(2 * Math.PI * Math.E), 0);
  return { loss: policy + 0.5 * value - 0.01 * entropy, logs };
}

// Old probabilities near the present ones, so that some ratios are clipped and others are not.
const old = Float64Array.from(plainLoss(parameters, new Float64Array(SAMPLES)).logs, (log) =>
  Math.fround(log + 0.2 * normals.next()),
);

function finiteDifferences({ size }: ParameterLayout): Float64Array {
  const step = 1e-6;
  return Float64Array.from({ length: size }, (_, i) => {
    const [up, down] = [step, -step].map(
      (h) =>
        plainLoss(
          parameters.map((x, j) => (j === i ? x + h : x)),
          old,
        ).loss,
    );
    return (up! - down!) / (2 * step);
  });
}

describe('the gradient of the loss', () => {
  beforeAll(async () => {
    await init('wasm');
    defaultDevice('wasm');
  });

  it('in double precision is that of finite differences to 1e-6, the accuracy of its exp and tanh', () => {
    const double = (data: Float64Array, ...shape: number[]): JaxArray =>
      np.array(Float32Array.from(data)).astype(np.float64).reshape(shape);
    const tensors = layout.tensors.map(({ offset, rows, columns }) => {
      const view = parameters.slice(offset, offset + Math.max(1, rows) * columns);
      return rows === 0 ? double(view, columns) : double(view, rows, columns);
    });
    const differentiate = jit(valueAndGrad(ppoLoss(layout.depth, weights), { hasAux: true }));
    const [[loss, figures], gradients] = differentiate(
      tensors,
      double(observations, SAMPLES, 3),
      double(actions, SAMPLES, 2),
      double(old, SAMPLES),
      double(advantages, SAMPLES),
      double(returns, SAMPLES),
    );
    expect(loss.dataSync()[0]).toBeCloseTo(plainLoss(parameters, old).loss, 6);
    const clipFraction = figures.dataSync()[4];
    expect(clipFraction).toBeGreaterThan(0.1);
    expect(clipFraction).toBeLessThan(0.9);
    const expected = finiteDifferences(layout);
    gradients.forEach((gradient, t) => {
      Array.from(gradient.dataSync()).forEach((g, i) => {
        expect(g).toBeCloseTo(expected[layout.tensors[t]!.offset + i]!, 6);
      });
    });
  });

  it('in the single precision of training is the same to 1e-4 of its norm', async () => {
    const learner = await Learner.create(layout, Float32Array.from(parameters), weights);
    const gradient = learner.gradient({
      observations: Float32Array.from(observations),
      actions: Float32Array.from(actions),
      logProbabilities: Float32Array.from(old),
      advantages: Float32Array.from(advantages),
      returns: Float32Array.from(returns),
    });
    const expected = finiteDifferences(layout);
    const norm = Math.sqrt(expected.reduce((sum, g) => sum + g * g, 0));
    const off = Math.sqrt(expected.reduce((sum, g, i) => sum + (g - gradient[i]!) ** 2, 0));
    expect(norm).toBeGreaterThan(0.1);
    expect(off / norm).toBeLessThan(1e-4);
  });
});

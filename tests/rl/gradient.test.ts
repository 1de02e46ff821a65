import { defaultDevice, init, type Array as JaxArray, jit, numpy as np, valueAndGrad } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { Learner } from '../../src/rl/ppo/learner.ts';
import { ppoLoss } from '../../src/rl/ppo/loss.ts';
import { initialParameters, type ParameterLayout, parameterLayout } from '../../src/rl/ppo/parameters.ts';
import { NormalStream } from '../../src/simulate/random/path-stream.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';

const weights = { clip_range: 0.2, ent_coef: 0.01, vf_coef: 0.5, max_grad_norm: 0.5 };
const SAMPLES = 32;
const normals = new NormalStream(keyFromSeed('gradient'), 0, 1);
normals.start(0, false);
// Rounded to single precision, so that both precisions are given the same numbers.
const draw = (count: number): Float64Array => Float64Array.from({ length: count }, () => Math.fround(normals.next()));

const observations = draw(3 * SAMPLES);
const advantages = draw(SAMPLES);
const returns = draw(SAMPLES);

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

describe.each([
  ['half spreads', null],
  ['pairs of levels', 3],
])('the gradient of the loss for %s', (_name, levels) => {
  const layout = parameterLayout(3, [5, 4], levels);
  const parameters = Float64Array.from(initialParameters(layout, -0.5, normals), (x) =>
    Math.fround(x + 0.1 * normals.next()),
  );
  const actions =
    levels === null ? draw(2 * SAMPLES) : Float64Array.from({ length: SAMPLES }, (_, s) => (7 * s) % levels ** 2);
  // Old probabilities near the present ones, so that some ratios are clipped and others are not.
  const old = Float64Array.from(plainLoss(layout, actions, parameters, new Float64Array(SAMPLES)).logs, (log) =>
    Math.fround(log + 0.2 * normals.next()),
  );
  const expected = finiteDifferences(layout, actions, parameters, old);

  it('in double precision is that of finite differences to 1e-6, the accuracy of its exp and tanh', () => {
    const double = (data: Float64Array, ...shape: number[]): JaxArray =>
      np.array(Float32Array.from(data)).astype(np.float64).reshape(shape);
    const tensors = layout.tensors.map(({ offset, rows, columns }) => {
      const view = parameters.slice(offset, offset + Math.max(1, rows) * columns);
      return rows === 0 ? double(view, columns) : double(view, rows, columns);
    });
    const differentiate = jit(valueAndGrad(ppoLoss(layout, weights), { hasAux: true }));
    const [[loss, figures], gradients] = differentiate(
      tensors,
      double(observations, SAMPLES, 3),
      double(actions, SAMPLES, layout.actions),
      double(old, SAMPLES),
      double(advantages, SAMPLES),
      double(returns, SAMPLES),
    );
    expect(loss.dataSync()[0]).toBeCloseTo(plainLoss(layout, actions, parameters, old).loss, 6);
    const clipFraction = figures.dataSync()[4];
    expect(clipFraction).toBeGreaterThan(0.1);
    expect(clipFraction).toBeLessThan(0.9);
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
    const norm = Math.sqrt(expected.reduce((sum, g) => sum + g * g, 0));
    const off = Math.sqrt(expected.reduce((sum, g, i) => sum + (g - gradient[i]!) ** 2, 0));
    expect(norm).toBeGreaterThan(0.1);
    expect(off / norm).toBeLessThan(1e-4);
  });
});

/** The loss written a second time, sample by sample, in plain double precision. */
function plainLoss(
  layout: ParameterLayout,
  actions: Float64Array,
  values: Float64Array,
  oldLogProbabilities: Float64Array,
): { loss: number; logs: number[] } {
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
  /** Log probability of sample s's action, and the entropy of its law. */
  const law = (s: number, outputs: number[]): [log: number, entropy: number] => {
    if (layout.actions === 1) {
      const total = outputs.reduce((sum, output) => sum + Math.exp(output), 0);
      const logs = outputs.map((output) => output - Math.log(total));
      return [logs[actions[s]!]!, -logs.reduce((sum, log) => sum + log * Math.exp(log), 0)];
    }
    const logStd = [at(12, 0, 0), at(12, 0, 1)];
    const log = logStd.reduce((sum, l, d) => {
      const z = (actions[2 * s + d]! - outputs[d]!) / Math.exp(l);
      return sum - 0.5 * z * z - l - 0.5 * Math.log(2 * Math.PI);
    }, 0);
    return [log, logStd.reduce((sum, l) => sum + l + 0.5 * Math.log(2 * Math.PI * Math.E), 0)];
  };
  const logs: number[] = [];
  let loss = 0;
  for (let s = 0; s < SAMPLES; s++) {
    const x = Array.from(observations.subarray(3 * s, 3 * s + 3));
    const [log, entropy] = law(s, network(0, x));
    logs.push(log);
    const ratio = Math.exp(log - oldLogProbabilities[s]!);
    const clipped = Math.min(1.2, Math.max(0.8, ratio));
    const policy = -Math.min(ratio * advantages[s]!, clipped * advantages[s]!);
    const value = (network(6, x)[0]! - returns[s]!) ** 2;
    loss += (policy + 0.5 * value - 0.01 * entropy) / SAMPLES;
  }
  return { loss, logs };
}

function finiteDifferences(
  layout: ParameterLayout,
  actions: Float64Array,
  parameters: Float64Array,
  old: Float64Array,
): Float64Array {
  const step = 1e-6;
  const lossAt = (i: number, h: number): number =>
    plainLoss(
      layout,
      actions,
      parameters.map((x, j) => (j === i ? x + h : x)),
      old,
    ).loss;
  return Float64Array.from({ length: layout.size }, (_, i) => (lossAt(i, step) - lossAt(i, -step)) / (2 * step));
}

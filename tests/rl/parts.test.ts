import { describe, expect, it } from 'vitest';
import { Adam } from '../../src/rl/ppo/adam.ts';
import { generalizedAdvantages } from '../../src/rl/ppo/gae.ts';
import { orthogonal } from '../../src/rl/ppo/parameters.ts';
import { RunningMoments } from '../../src/rl/ppo/running-moments.ts';
import { NormalStream } from '../../src/simulate/random/path-stream.ts';
import { keyFromSeed } from '../../src/simulate/random/seed-key.ts';
import { Mlp, tanh } from '../../src/strategies/ppo/mlp.ts';

const normals = new NormalStream(keyFromSeed('parts'), 0, 1);
normals.start(0, false);

it('advantages are the sums of the definition (NumPy)', () => {
  const trajectories = {
    environments: 2,
    rewards: Float64Array.of(-0.802, -1.324, -0.248, 0.42, 1.136, 0.11, -0.553, -0.785, 0.749, 1.635),
    values: Float64Array.of(0.273, -1.233, -0.958, 1.6, 0.203, -1.732, -0.084, -1.163, -0.629, -0.488),
    ended: Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0, 1),
  };
  const advantages = new Float32Array(10);
  const returns = new Float32Array(10);
  generalizedAdvantages(trajectories, Float64Array.of(-0.713, 0.553), 0.99, 0.95, advantages, returns);
  const expected = [
    -0.34137666175, 0.38321, 1.7884565, -1.18, 0.933, 2.46964359075, -0.459571735, 1.8915615, 0.67213, 2.123,
  ];
  expected.forEach((advantage, i) => {
    expect(advantages[i]).toBeCloseTo(advantage, 6);
    expect(returns[i]).toBeCloseTo(advantage + trajectories.values[i]!, 6);
  });
});

describe('Adam', () => {
  it('takes steps of the learning rate under a constant gradient, whatever its size', () => {
    const adam = new Adam(3);
    const parameters = Float32Array.of(1, 1, 1);
    for (let i = 1; i <= 20; i++) {
      adam.step(parameters, Float32Array.of(5, -0.5, 100), 1, 0.01);
      // Both bias corrections are exact for a constant gradient; ε takes off a relative 1e-5/|g|.
      [1 - 0.01 * i, 1 + 0.01 * i, 1 - 0.01 * i].forEach((expected, j) => {
        expect(parameters[j]).toBeCloseTo(expected, 4);
      });
    }
  });

  it('goes on from another state to the last bit', () => {
    const [whole, broken] = [new Adam(2), new Adam(2)];
    const [a, b] = [Float32Array.of(1, 2), Float32Array.of(1, 2)];
    const gradient = (i: number): Float32Array => Float32Array.of(Math.fround(0.3 * i), -1 / i);
    for (let i = 1; i <= 7; i++) whole.step(a, gradient(i), 0.5, 0.01);
    for (let i = 1; i <= 4; i++) broken.step(b, gradient(i), 0.5, 0.01);
    const resumed = new Adam(2);
    resumed.restore(broken.firstMoments, broken.secondMoments, broken.steps);
    for (let i = 5; i <= 7; i++) resumed.step(b, gradient(i), 0.5, 0.01);
    expect(b).toEqual(a);
  });
});

it('running moments are those of all rows, whatever the batches', () => {
  const rows = Float64Array.from({ length: 3 * 500 }, (_, i) => 2 * (i % 3) + (1 + (i % 3)) * normals.next());
  const moments = new RunningMoments(3);
  for (let at = 0; at < 500; at += 20) moments.add(rows.subarray(3 * at, 3 * (at + 20)), 20);
  for (let j = 0; j < 3; j++) {
    const column = Array.from({ length: 500 }, (_, i) => rows[3 * i + j]!);
    const mean = column.reduce((sum, x) => sum + x, 0) / 500;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 500;
    // The start weighs 1e-4 of a row.
    expect(moments.mean[j]).toBeCloseTo(mean, 5);
    expect(moments.variance[j]).toBeCloseTo(variance, 4);
  }
  const copy = new RunningMoments(3);
  copy.restore(moments.state);
  expect(copy.state).toEqual(moments.state);
});

it.each([
  [2, 64],
  [64, 64],
  [64, 2],
])('initial weights of %d x %d are orthogonal with the gain', (rows, columns) => {
  const w = orthogonal(rows, columns, 1.5, normals);
  const at = (i: number, j: number): number => (rows >= columns ? w[j * columns + i]! : w[i * columns + j]!);
  const [few, many] = [Math.min(rows, columns), Math.max(rows, columns)];
  for (let a = 0; a < few; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let k = 0; k < many; k++) product += at(a, k) * at(b, k);
      expect(product).toBeCloseTo(a === b ? 2.25 : 0, 12);
    }
  }
});

it('tanh agrees with the engine to a few ulp, from tiny to large arguments', () => {
  for (const x of [0, 1e-300, 1e-17, 1e-9, 0.01, 0.3, 0.55, 1, 3, 10, 19, 22, 700, Number.POSITIVE_INFINITY]) {
    for (const sign of [1, -1]) {
      const expected = Math.tanh(sign * x);
      expect(Math.abs(tanh(sign * x) - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected));
    }
  }
});

it('a network is its layers, and refuses those that do not fit', () => {
  const network = new Mlp([
    { inputs: 2, outputs: 2, weights: [1, -1, 0.5, 2], bias: [0.1, 0.2] },
    { inputs: 2, outputs: 1, weights: [3, -2], bias: [0.5] },
  ]);
  const [out] = network.forward(Float64Array.of(0.3, -0.4));
  expect(out).toBeCloseTo(3 * Math.tanh(0.3 - 0.2 + 0.1) - 2 * Math.tanh(-0.3 - 0.8 + 0.2) + 0.5, 14);
  expect(() => new Mlp([])).toThrow(/at least one layer/);
  expect(() => new Mlp([{ inputs: 2, outputs: 1, weights: [1], bias: [0] }])).toThrow(/does not fit/);
});

import { expect, test } from 'vitest';
import { compare } from '../../src/aggregate/comparison.ts';
import { holm } from '../../src/aggregate/holm.ts';
import { summarise } from '../../src/aggregate/summary.ts';

const SAMPLE = 500;
const REPLICATIONS = 2000;
const Z_95 = 1.959963984540054;

/** splitmix32 (a counter through a 32-bit mixer): a small generator of the test's own. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
}

function normals(seed: number): () => number {
  const u = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(u())) * Math.cos(2 * Math.PI * u());
}

function columnsOf(pnl: Float64Array) {
  const count = pnl.length;
  const ints = new Int32Array(count);
  const zeros = new Float64Array(count);
  return {
    firstPath: 0,
    count,
    pnl,
    maxDrawdown: zeros,
    integralQ2: zeros,
    fills: ints,
    finalLots: ints,
    maxAbsLots: ints,
  };
}

/**
 * Share of the 95 % intervals that hold the true figure. Its own standard error is √(0.95 · 0.05/2000) = 0.5 %, so
 * 93 … 97 % are four of them: a standard error 15 % too small covers 90.5 % and one 15 % too large 97.6 %.
 */
function coverage(law: () => number, truth: Readonly<Record<'mean' | 'std' | 'p05' | 'p95' | 'cvar95', number>>) {
  const covered = { mean: 0, std: 0, p05: 0, p95: 0, cvar95: 0 };
  const names = Object.keys(covered) as (keyof typeof covered)[];
  for (let r = 0; r < REPLICATIONS; r++) {
    const pnl = Float64Array.from({ length: SAMPLE }, law);
    const summary = summarise(columnsOf(pnl), {
      orderSize: 1,
      gamma: 0,
      phi: 0,
      running: 0,
      varianceReduction: 'none' as const,
    });
    for (const name of names) {
      if (Math.abs(summary[name] - truth[name]) <= Z_95 * summary[`${name}_se`]) covered[name] += 1 / REPLICATIONS;
    }
  }
  return covered;
}

test('95 % intervals cover 93 … 97 % for a normal law', () => {
  // Quantile z = 1.6448536 and CVaR φ(z)/0.05 of the standard normal law.
  const truth = { mean: 10, std: 3, p05: 10 - 3 * 1.6448536269514722, p95: 10 + 3 * 1.6448536269514722 };
  const normal = normals(1);
  const covered = coverage(() => 10 + 3 * normal(), { ...truth, cvar95: -10 + 3 * 2.0627128075074257 });
  for (const [name, share] of Object.entries(covered)) {
    expect(share, name).toBeGreaterThan(0.93);
    expect(share, name).toBeLessThan(0.97);
  }
});

test('95 % intervals cover 93 … 97 % for a skewed law, an exponential loss', () => {
  // X = −E: P(X < −x) = e^(−x), so p05 = ln 0.05, p95 = ln 0.95 and CVaR = 1 − ln 0.05 (no memory).
  const u = uniforms(2);
  const truth = { mean: -1, std: 1, p05: Math.log(0.05), p95: Math.log(0.95), cvar95: 1 - Math.log(0.05) };
  const { std, ...covered } = coverage(() => Math.log(u()), truth);
  for (const [name, share] of Object.entries(covered)) {
    expect(share, name).toBeGreaterThan(0.93);
    expect(share, name).toBeLessThan(0.97);
  }
  // The delta method is slow with a kurtosis of 6: 92 % at n = 500 is the known size of its error.
  expect(std).toBeGreaterThan(0.9);
  expect(std).toBeLessThan(0.97);
});

test('95 % intervals of paired differences cover 93 … 97 %, and are as much narrower as pairing promises', () => {
  const normal = normals(3);
  const strategy = new Float64Array(SAMPLE);
  const baseline = new Float64Array(SAMPLE);
  let covered = 0;
  let inconclusive = 0;
  let variance = 0;
  for (let r = 0; r < REPLICATIONS; r++) {
    for (let i = 0; i < SAMPLE; i++) {
      const common = 6 * normal();
      strategy[i] = 0.05 + common + normal();
      baseline[i] = common + normal();
    }
    const { mean_difference, se, ci_low, ci_high, verdict } = compare(strategy, baseline);
    if (ci_low <= 0.05 && 0.05 <= ci_high) covered++;
    // scipy.stats.t.isf(0.025, 499)
    expect(ci_high - mean_difference).toBeCloseTo(1.9647293909876649 * se, 12);
    if (verdict === 'inconclusive') inconclusive++;
    variance += (se * se) / REPLICATIONS;
  }
  expect(covered / REPLICATIONS).toBeGreaterThan(0.93);
  expect(covered / REPLICATIONS).toBeLessThan(0.97);
  // var(x − y) = 2, not 74; the power at 0.05 = 0.79 standard errors is 12.4 %.
  expect(variance).toBeCloseTo(2 / SAMPLE, 4);
  expect(inconclusive / REPLICATIONS).toBeGreaterThan(0.84);
  expect(inconclusive / REPLICATIONS).toBeLessThan(0.91);
});

test("of eight equal strategies Holm's correction tells some two apart in at most 5 % of runs, the pairs alone in most", () => {
  const normal = normals(4);
  const runs = 1000;
  let corrected = 0;
  let alone = 0;
  for (let r = 0; r < runs; r++) {
    const columns = Array.from({ length: 8 }, () => Float64Array.from({ length: 60 }, normal));
    const p = columns.flatMap((x, i) => columns.slice(0, i).map((y) => compare(x, y).p_value));
    if (holm(p).some((adjusted) => adjusted <= 0.05)) corrected++;
    if (p.some((one) => one <= 0.05)) alone++;
  }
  // Four standard errors of a share of 5 % are 2.8 %; the pairs depend on each other, so that Holm stays below 5 %.
  expect(corrected / runs).toBeLessThan(0.05 + 0.028);
  expect(corrected / runs).toBeGreaterThan(0.01);
  expect(alone / runs).toBeGreaterThan(0.4);
});

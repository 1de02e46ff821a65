/**
 * The law of the inventory over time. With constant quotes and a bound out of reach, fills of either side are Poisson
 * processes, and the inventory at t has Skellam's law of parameter λt; at T the moments are those of tests/vectors.
 */
import { describe, expect, it } from 'vitest';
import type { Scheme } from '../../src/config/experiment.ts';
import { inventoryLaw } from '../../src/exact/inventory-law.ts';
import { type ExactCase, exactCases } from '../support/exact-cases.ts';
import { strategy } from '../support/simulate.ts';

function lawOf({ simulator, model }: ExactCase, type: 'hjb' | 'constant', scheme: Scheme, half_spread: number) {
  const spec = strategy(type, type === 'hjb' ? {} : { half_spread });
  const market = { ...simulator, scheme, fill: 'poisson' } as const;
  const choices = { paths: 2, seed: 1, variance_reduction: 'none', statistics: 'exact', pathwise: false } as const;
  const scenario = { simulator: market, model, strategies: [spec], ...choices, index: 0, point: {} };
  return inventoryLaw({ scenario, strategy: spec }, { intervals: 20 });
}

const CASES = ['avellaneda-stoikov-2008', 'bounds-bind-partly', 'drift-and-inventory'];
const cases = exactCases().filter(({ name }) => CASES.includes(name));
const [published] = cases.filter(({ name }) => name === 'avellaneda-stoikov-2008');

it('is Skellam’s law at each time', () => {
  if (published === undefined) throw new Error('no case');
  const wide = { ...published, simulator: { ...published.simulator, A: 4, k: 1, T: 1, Q_max: 60 } };
  const { times, inventories, probabilities } = lawOf(wide, 'constant', 'event', Math.log(2));
  // λ = 4 e^(−ln 2) = 2 a side. scipy.stats.skellam.pmf([0, 1, 3], 2 t, 2 t) at t = 0.5 and t = 1.
  const expected = new Map([
    [0.5, [0.30850832255367105, 0.21526928924893768, 0.028791222639470898]],
    [1, [0.20700192122398664, 0.1787508395024353, 0.06112433802966628]],
  ]);
  for (const [time, figures] of expected) {
    const law = probabilities[times.findIndex((at) => Math.abs(at - time) < 1e-12)];
    const found = [0, 1, 3].map((q) => law?.[inventories.indexOf(q)] ?? Number.NaN);
    for (const [i, figure] of figures.entries()) expect(found[i]).toBeCloseTo(figure, 8);
  }
});

describe.each(cases)('$name', (exact) => {
  it.each(['event', 'stepped'] as const)('ends at the independent moments, %s', (scheme) => {
    for (const type of ['hjb', 'constant'] as const) {
      const answers = exact[type];
      const { mean_q, std_q } = scheme === 'event' ? answers.event : answers.stepped.poisson;
      const { times, inventories, probabilities } = lawOf(exact, type, scheme, exact.constant.half_spread);
      const last = probabilities.at(-1) ?? new Float64Array();
      const sum = (weight: (q: number) => number): number =>
        inventories.reduce((total, q, j) => total + weight(q) * (last[j] ?? 0), 0);
      expect(times[0]).toBe(0);
      expect(times.at(-1)).toBe(exact.simulator.T);
      expect(sum(() => 1)).toBeCloseTo(1, 9);
      expect(sum((q) => q)).toBeCloseTo(mean_q, 6);
      expect(Math.sqrt(sum((q) => (q - mean_q) ** 2))).toBeCloseTo(std_q, 6);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { depthOf } from '../../src/simulate/depth/index.ts';
import { arrivalLaws, flowOf } from '../support/order-flows.ts';
import { market } from '../support/simulate.ts';

/** The lines of the error that a depth law in a config gives; empty where it is accepted. */
function messages(depth: unknown): string[] {
  try {
    checkExperiment({ strategies: ['constant'], simulator: { depth } }, catalogue).scenarioAt({});
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
}

describe.each(arrivalLaws().depth)('$type $params', ({ type, k, params, distances, reach }) => {
  const law = depthOf(type).createReach(params, { ...market, k });

  it('reaches as far as SciPy says', () => {
    distances.forEach((distance, i) => {
      expect(Math.abs(law(distance) - reach[i]!), `at ${distance}`).toBeLessThan(1e-14);
    });
  });

  it('is 1 through the mid, never grows, and is 0 at an absent quote', () => {
    expect(depthOf(type).growsThroughMid).toBe(false);
    expect(law(Number.NEGATIVE_INFINITY)).toBe(1);
    expect(law(-1e-300)).toBe(1);
    expect(law(Number.POSITIVE_INFINITY)).toBe(0);
    let last = 1;
    for (let i = 1; i <= 3000; i++) {
      const now = law(i / 1000);
      expect(now).toBeLessThanOrEqual(last);
      last = now;
    }
  });

  it('is reached by its share of market orders, within 4 standard errors', () => {
    const orders = flowOf({ type: 'poisson', params: {}, A: 100, T: 1, ceiling: 1 });
    orders.start(0, false);
    const n = 200_000;
    const hits = distances.map(() => 0);
    for (let i = 0; i < n; i++) {
      orders.advance();
      distances.forEach((distance, j) => {
        if (orders.mark < law(distance)) hits[j]!++;
      });
    }
    reach.forEach((p, j) => {
      expect(Math.abs(hits[j]! / n - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / n));
    });
  });
});

describe('a depth law in a config', () => {
  const table = (distances: unknown, probabilities: unknown) => ({ type: 'empirical', distances, probabilities });

  it('is accepted where it is right, and walks', () => {
    expect(messages('power_law')).toEqual([]);
    expect(messages({ type: 'power_law', exponent: 1.5, scale: 0.2 })).toEqual([]);
    const depth = table([0.5, 1], [0.5, 0]);
    const file = checkExperiment({ strategies: ['constant'], simulator: { depth } }, catalogue);
    expect(file.scenarioAt({}).pathwise).toBe(true);
  });

  it.each([
    ['power_law', { type: 'power_law', exponent: 0 }, 'simulator.depth.exponent: expected a number > 0, got 0'],
    ['a bare table', 'empirical', 'write {type: empirical, distances: …, probabilities: …}'],
    ['no points', table([], []), 'simulator.depth.distances: expected a list of at least 1 entry, got an empty list'],
    [
      'lists of unequal length',
      table([0.5, 1], [0.5]),
      'simulator.depth.probabilities: expected as many numbers as in distances, 2 and not 1, got a list',
    ],
    [
      'distances that do not increase',
      table([0.5, 1, 1], [0.5, 0.4, 0.3]),
      'simulator.depth.distances.2: expected a number above the one before it, 1, got 1',
    ],
    ['a distance of 0', table([0, 1], [1, 0.4]), 'simulator.depth.distances.0: expected a number > 0, got 0'],
    [
      'probabilities that grow',
      table([0.5, 1, 2], [0.5, 0.6, 0.3]),
      'simulator.depth.probabilities.1: expected at most the probability before it, 0.5, got 0.6',
    ],
    ['a probability above 1', table([0.5], [1.5]), 'simulator.depth.probabilities.0: expected a number <= 1, got 1.5'],
  ])('names what is wrong: %s', (_what, depth, message) => {
    expect(messages(depth).join('\n')).toContain(message);
  });
});

/** Scenarios of a sweep share the seed and every stream, so that what does not depend on a swept key stays as it is. */
import { describe, expect, it } from 'vitest';
import { runBatch } from '../../src/library/run-batch.ts';

interface Columns {
  readonly pnl: readonly number[];
  readonly fills: readonly number[];
  readonly finalLots: readonly number[];
}

/** Columns of the first strategy in each scenario of a sweep. */
async function columnsOver(sweep: object, simulator: object): Promise<Columns[]> {
  const columns: Columns[] = [];
  const experiment = {
    paths: 200,
    simulator: { A: 140, k: 1.5, dt: 0.005, Q_max: 10, ...simulator },
    model: { sigma: 2, delta_min: null, delta_max: null },
    strategies: [{ type: 'inventory_aware', half_spread: 0.745, skew: 0.05 }],
    sweep,
  };
  await runBatch(experiment, {
    workers: 0,
    onChunk(outcome) {
      if (outcome.state === 'failed') throw outcome.error;
      // The shared memory is used again, so that the numbers must be copied out of it.
      const { pnl, fills, finalLots } = outcome.columns;
      columns.push({ pnl: [...pnl], fills: [...fills], finalLots: [...finalLots] });
    },
  });
  return columns;
}

describe.each([
  ['stepped', { scheme: 'stepped' }],
  ['event', { scheme: 'event' }],
  ['stepped walks', { scheme: 'stepped', arrivals: 'hawkes' }],
  ['event walks', { scheme: 'event', arrivals: 'hawkes' }],
])('a sweep of the volatility, %s', (_name, simulator) => {
  it('meets the same orders and scales the same price shocks', async () => {
    const [still, one, three] = await columnsOver({ 'simulator.sigma': [0, 1, 3] }, simulator);
    if (still === undefined || one === undefined || three === undefined) throw new Error('expected three scenarios');
    expect(one.fills).toEqual(still.fills);
    expect(three.fills).toEqual(still.fills);
    expect(three.finalLots).toEqual(still.finalLots);
    expect(one.pnl.some((pnl, i) => Math.abs(pnl - (still.pnl[i] ?? NaN)) > 0.1)).toBe(true);
    // PnL is earnings at the quotes, which sigma does not move, plus sigma times the inventory's normal shocks.
    three.pnl.forEach((pnl, i) => {
      const earned = still.pnl[i] ?? NaN;
      expect(Math.abs(pnl - earned - 3 * ((one.pnl[i] ?? NaN) - earned))).toBeLessThan(1e-9);
    });
  });
});

it('a sweep of what the maker believes leaves a strategy alone that does not listen', async () => {
  const [first, ...others] = await columnsOver(
    { 'model.k': [0.75, 1.5], 'model.gamma': [0.1, 1] },
    { scheme: 'event' },
  );
  expect(others).toHaveLength(3);
  for (const other of others) expect(other).toEqual(first);
});

it('a swept seed does not', async () => {
  const [first, other] = await columnsOver({ seed: [1, 2] }, { scheme: 'event' });
  expect(other?.fills).not.toEqual(first?.fills);
});

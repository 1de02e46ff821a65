import { expect, it } from 'vitest';
import { buildStepTable, type StepTable } from '../../src/simulate/stepped/step-table.ts';
import type { QuoteRule } from '../../src/strategies/strategy.ts';
import { market } from '../support/simulate.ts';

/** A rule that quotes the same two distances everywhere. */
const fixed = (bidDistance: number, askDistance: number): QuoteRule => ({
  timeDependent: false,
  fillRow(_t, _inventories, bid, ask) {
    bid.fill(bidDistance);
    ask.fill(askDistance);
  },
});

/** P(signed word < threshold). */
const below = (threshold: number): number => (threshold + 2 ** 31) / 2 ** 32;
/** P(signed word > threshold). */
const above = (threshold: number): number => (2 ** 31 - 1 - threshold) / 2 ** 32;

/** The fill probabilities that the words' bands give at inventory index j of a one-row table. */
function probabilities({ thresholds, bothFrom }: StepTable, j: number) {
  const bid = below(thresholds[2 * j]!);
  const both = bid - below(bothFrom[j]!);
  return { bid, both, ask: both + above(thresholds[2 * j + 1]!) };
}

it.each(['poisson', 'linear'] as const)('holds independent %s fill probabilities to 32 bits', (fill) => {
  const table = buildStepTable({ ...market, fill }, fixed(0.4, 0.9));
  const step = (distance: number) => 140 * Math.exp(-1.5 * distance) * 0.005;
  const p = (distance: number) => (fill === 'linear' ? step(distance) : 1 - Math.exp(-step(distance)));
  const { bid, ask, both } = probabilities(table, 10);
  expect(bid).toBeCloseTo(p(0.4), 9);
  expect(ask).toBeCloseTo(p(0.9), 9);
  expect(both).toBeCloseTo(p(0.4) * p(0.9), 9);
  expect(table.intensitySteps[10]).toBeCloseTo(step(0.4), 12);
});

it('quotes one side at the bound and none of an absent quote', () => {
  const table = buildStepTable(market, fixed(0.4, Number.POSITIVE_INFINITY));
  expect(table.lattice.reach).toBe(10);
  expect(probabilities(table, 20)).toEqual({ bid: 0, ask: 0, both: 0 });
  expect(probabilities(table, 19).bid).toBeGreaterThan(0.3);
  for (let j = 0; j < 21; j++) expect([probabilities(table, j).ask, table.gains[2 * j + 1]]).toEqual([0, 0]);
});

it('cuts the linear probability at 1, less the one word that cannot be expressed', () => {
  const { bid, ask, both } = probabilities(buildStepTable({ ...market, fill: 'linear', dt: 1 }, fixed(0, 0)), 10);
  expect([bid, ask, both]).toEqual([1 - 2 ** -32, 1 - 2 ** -32, 1 - 2 ** -32]);
});

it('takes inventories in lots of the order size', () => {
  const { lattice, gains } = buildStepTable({ ...market, order_size: 0.1, Q_max: 0.35, q0: -0.2 }, fixed(0.5, 0.5));
  expect(lattice).toEqual({ start: -2, reach: 3, bounded: true });
  expect(gains[0]).toBeCloseTo(0.05, 15);
});

it('reaches as far as one fill a step can go where there is no inventory bound', () => {
  const { lattice } = buildStepTable({ ...market, Q_max: null, q0: 3 }, fixed(0.5, 0.5));
  expect(lattice).toEqual({ start: 3, reach: 203, bounded: false });
});

/**
 * The one approximation of the event scheme: intensities and gains are constant over each of the table's rows. The mean PnL of that
 * tabulated policy, computed without sampling, against the exact continuous-time mean of the policy itself
 * (tests/vectors); and the control variate's estimator, whose mean must be the same number to rounding.
 */
import { describe, expect, it } from 'vitest';
import { buildEventTable, type EventTable } from '../../src/simulate/event/event-table.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { strategies } from '../../src/strategies/index.ts';
import { type ExactCase, exactCases } from '../support/exact-cases.ts';
import { tabulatedMeans } from '../support/tabulated-policy.ts';

describe.each(exactCases())('$name', (exact) => {
  const simulator = { ...exact.simulator, scheme: 'event', fill: 'poisson' } as const;

  it.each(['hjb', 'constant'] as const)('%s', (type) => {
    const table = tableOf(exact, type);
    const { pnl, estimator } = tabulatedMeans(simulator, table);
    const { mean } = exact[type].event;
    // hjb: the error of the rows. constant: the 30 bits that tell the sides apart.
    expect(Math.abs(pnl / mean - 1)).toBeLessThan(type === 'hjb' ? 1e-5 : 1e-8);
    expect(Math.abs(estimator / pnl - 1)).toBeLessThan(1e-8);
  });

  function tableOf({ model, constant }: ExactCase, type: string): EventTable {
    const definition = strategies.find((one) => one.type === type)!;
    const params = type === 'constant' ? { half_spread: constant.half_spread } : {};
    return buildEventTable(simulator, definition.createRule(params, { simulator, model, grid: () => solveHjb(model) }));
  }
});

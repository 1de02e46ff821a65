/** Monitoring of PnL for the drawdown (drawdown_dt), at the parameters of Avellaneda & Stoikov (2008). */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/aggregate/summary.ts';
import { summaryCsv } from '../../src/report/summary-csv.ts';
import { meanOf, sameNumbers } from '../support/event-rule.ts';
import { exactCases } from '../support/exact-cases.ts';
import { simulate, strategy } from '../support/simulate.ts';

const PATHS = 20_000;
const { simulator, model, hjb, constant } = exactCases().find(({ name }) => name === 'avellaneda-stoikov-2008')!;
const event = { ...simulator, scheme: 'event', fill: 'poisson' } as const;
const specs = {
  hjb: strategy('hjb'),
  constant: strategy('constant', { half_spread: constant.half_spread }),
};
const exact = { hjb: hjb.event, constant: constant.event };

function drawdownField(summary: Summary): string | undefined {
  const rows: Record<string, string>[] = parse(summaryCsv([{ scenario: 0, point: {}, strategy: 'hjb', summary }], []), {
    columns: true,
  });
  return rows[0]?.['max_drawdown_mean'];
}

describe.each(['hjb', 'constant'] as const)('%s', (type) => {
  it('keeps the law of PnL, and nears the drawdown of the stepped scheme', async () => {
    const plain = await simulate(event, model, specs[type], PATHS);
    const fine = await simulate({ ...event, drawdown_dt: 0.001 }, model, specs[type], PATHS);
    const { mean, mean_se, std, std_se } = fine.summary;
    expect(Math.abs(mean - exact[type].mean)).toBeLessThan(4 * mean_se);
    expect(Math.abs(std - exact[type].std)).toBeLessThan(4 * std_se);
    // Monitoring adds price points, not orders.
    expect(sameNumbers(fine.columns.fills, plain.columns.fills)).toBe(true);
    expect(sameNumbers(fine.columns.finalLots, plain.columns.finalLots)).toBe(true);
    expect(sameNumbers(fine.columns.maxAbsLots, plain.columns.maxAbsLots)).toBe(true);

    // The stepped scheme monitors at the same times. Its drawdown is smaller by its time-step bias: with at most one
    // fill a side and step (λ dt up to 0.13) the inventory, and so the price risk, varies less. The expected ratios are
    // those of 150,000 paths; here their standard error is 0.005.
    const stepped = await simulate({ ...event, scheme: 'stepped', dt: 0.001 }, model, specs[type], PATHS);
    const ratio = stepped.summary.max_drawdown_mean / fine.summary.max_drawdown_mean;
    expect(Math.abs(ratio - (type === 'hjb' ? 0.985 : 0.98))).toBeLessThan(0.02);
    expect(drawdownField(fine.summary)).toBe(String(fine.summary.max_drawdown_mean));
  });
});

it('sees deeper drawdowns the finer it looks', async () => {
  const drawdowns = [];
  for (const drawdown_dt of [1, 0.1, 0.01, 0.001]) {
    const { columns } = await simulate({ ...event, drawdown_dt }, model, specs.hjb, PATHS);
    drawdowns.push(meanOf(columns.maxDrawdown!));
  }
  for (let i = 1; i < drawdowns.length; i++) {
    const [coarse, fine] = [drawdowns[i - 1]!, drawdowns[i]!];
    expect(fine.mean - coarse.mean).toBeGreaterThan(4 * Math.hypot(coarse.se, fine.se));
  }
});

it('looks once where one interval is all: the drawdown is then the loss at T', async () => {
  const { columns } = await simulate({ ...event, drawdown_dt: 5 }, model, specs.constant, 2000);
  expect(
    sameNumbers(
      columns.maxDrawdown!,
      columns.pnl.map((pnl) => Math.max(0, -pnl)),
    ),
  ).toBe(true);
});

it('reports no drawdown where PnL is not monitored: NaN, and an empty field', async () => {
  const { columns, summary } = await simulate(event, model, specs.hjb, 100);
  expect(columns.maxDrawdown).toBeUndefined();
  expect(summary.max_drawdown_mean).toBeNaN();
  expect(drawdownField(summary)).toBe('');
});

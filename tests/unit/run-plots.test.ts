import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ProfileAccumulator, profileTimes } from '../../src/aggregate/path-profile.ts';
import type { Summary } from '../../src/aggregate/summary.ts';
import { summarise } from '../../src/aggregate/summary.ts';
import { catalogue } from '../../src/catalogue.ts';
import { experimentJsonSchema } from '../../src/config/json-schema.ts';
import { type CellInventory, inventoryCsv } from '../../src/report/inventory-csv.ts';
import { roomAround } from '../../src/report/plots/axis.ts';
import { convergenceChart } from '../../src/report/plots/convergence-chart.ts';
import { errorBarChart } from '../../src/report/plots/error-bar-chart.ts';
import { histogramChart } from '../../src/report/plots/histogram-chart.ts';
import { inventoryBand } from '../../src/report/plots/inventory-distribution.ts';
import { dashCoincident, lineChart } from '../../src/report/plots/line-chart.ts';
import { renderChart } from '../../src/report/plots/render-chart.ts';
import { runCharts } from '../../src/report/plots/run-charts.ts';
import { statisticsRows } from '../../src/report/plots/statistics-rows.ts';
import { sweepHeatmap } from '../../src/report/plots/sweep-heatmap.ts';
import { layoutSweep } from '../../src/report/plots/sweep-points.ts';
import { sweptQuantity } from '../../src/report/plots/swept-quantity.ts';
import { textWidth } from '../../src/report/plots/text-width.ts';
import { readInventories } from '../../src/report/read/exact-tables.ts';
import type { CellRow, RunTables } from '../../src/report/read/run-tables.ts';
import { temporaryFolder } from '../support/cli.ts';

function summaryOf(pnl: readonly number[], change: Partial<Record<keyof Summary, number>> = {}): Summary {
  const count = pnl.length;
  const integers = new Int32Array(count);
  const columns = { firstPath: 0, count, pnl: Float64Array.from(pnl), integralQ2: new Float64Array(count) };
  const facts = { orderSize: 1, gamma: 0, phi: 0, running: 0, varianceReduction: 'none' } as const;
  return { ...summarise({ ...columns, fills: integers, finalLots: integers, maxAbsLots: integers }, facts), ...change };
}

const spread = (centre: number): number[] => Array.from({ length: 50 }, (_, i) => centre + ((i * 37) % 50) / 5 - 4.9);

describe('ProfileAccumulator', () => {
  it("agrees with NumPy's mean and percentile over paths, at the latest entry of each", () => {
    const profile = new ProfileAccumulator(profileTimes(1, 2));
    const path = (pnl: number[], t = [0, 0.25, 0.5, 1]) => {
      const flat = t.map(() => 0);
      profile.add({
        t,
        mid: flat,
        bid: flat,
        ask: flat,
        inventory: pnl.map((x) => 2 * x),
        cash: flat,
        pnl,
        fill: flat,
      });
    };
    path([0, 1, 2, 3]);
    path([0, 5, -1, 8]);
    path([0, 4, 6], [0, 0.4, 1]);
    const { paths, times, pnl, inventory } = profile.finish();
    expect([paths, ...times]).toEqual([3, 0, 0.5, 1]);
    expect([...pnl.mean]).toEqual([0, expect.closeTo(5 / 3, 14), expect.closeTo(17 / 3, 14)]);
    // numpy.percentile([2, -1, 4], 5) = -0.7, 95: 3.8; of [3, 8, 6]: 3.3 and 7.8.
    expect([...pnl.p05]).toEqual([0, expect.closeTo(-0.7, 14), expect.closeTo(3.3, 14)]);
    expect([...pnl.p95]).toEqual([0, expect.closeTo(3.8, 14), expect.closeTo(7.8, 14)]);
    expect([...inventory.p50]).toEqual([0, 4, 12]);
  });
});

describe('textWidth', () => {
  it.each([false, true])('is that of resvg with the packaged font, bold %s', (isBold) => {
    const require = createRequire(import.meta.url);
    const fontFiles = ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
      require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
    );
    // Ends in upright strokes, whose side bearings are small beside the width of the text.
    const text = `H${'inventory q (units), PnL 0.5 '.repeat(4)}H`;
    const weight = isBold ? 'bold' : 'normal';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="50"><text x="5" y="30" font-family="DejaVu Sans" font-weight="${weight}" font-size="12">${text}</text></svg>`;
    const box = new Resvg(svg, { font: { fontFiles, loadSystemFonts: false } }).getBBox();
    expect(Math.abs(textWidth(text, 12, isBold) / (box?.width ?? 0) - 1)).toBeLessThan(0.01);
  });
});

describe('statisticsRows', () => {
  const strategies = [
    { strategy: 'a', summary: summaryOf(spread(10)) },
    { strategy: 'b', summary: summaryOf(spread(9.9)) },
    { strategy: 'c', summary: summaryOf(spread(2)) },
  ];
  const pair = (strategy: string, baseline: string, verdict: 'worse' | 'inconclusive') => ({
    ...{ scenario: 0, strategy, baseline, mean_difference: -0.1, se: 1, ci_low: -2, ci_high: 2, correlation: 0 },
    verdict,
  });
  const standing = (label: string, pairs = [pair('b', 'a', 'inconclusive'), pair('c', 'a', 'worse')]) =>
    statisticsRows(strategies, pairs)
      .find((row) => row.label === label)
      ?.cells.map((cell) => cell.standing);

  it('marks the best figure and those that cannot be told from it', () => {
    expect(standing('mean PnL')).toEqual(['best', 'near', 'other']);
    // The paired comparison decides about means, whatever the single errors say.
    expect(standing('mean PnL', [pair('b', 'a', 'worse'), pair('c', 'a', 'worse')])).toEqual([
      'best',
      'other',
      'other',
    ]);
    expect(standing('CVaR 95 % (a loss)')).toEqual(['best', 'near', 'other']);
    // Without a better end nothing is marked; equal figures are best together.
    expect(standing('fills, mean')).toEqual([undefined, undefined, undefined]);
    expect(standing('Sharpe (over paths)')).toEqual(['best', 'near', 'other']);
    expect(standing('std of PnL')).toContain('best');
  });

  it('leaves out what no strategy has', () => {
    const labels = statisticsRows(strategies, []).map(({ label }) => label);
    expect(labels).not.toContain('max drawdown, mean');
  });
});

describe('convergenceChart', () => {
  it('ends at the mean and 1.96 standard errors of the whole sample', () => {
    const values = Array.from({ length: 200 }, (_, i) => ((i * 7919) % 101) / 10);
    const { layer } = dataOf(convergenceChart([{ name: 'hjb', values }], ['hjb']));
    // numpy.mean and numpy.std(ddof=1)/sqrt(200) of the same list.
    const last = layer.at(-1)?.at(-1);
    const band = layer[0]?.at(-1);
    expect(last).toMatchObject({ x: 200, y: expect.closeTo(5.0105, 10) });
    expect((Number(band?.['high']) - Number(band?.['low'])) / 2 / 1.959963984540054).toBeCloseTo(
      0.20705933106941732,
      10,
    );
  });
});

/** The data of a chart's layers, in order; the chart's own data for a layer without. */
function dataOf(spec: object): { readonly layer: Record<string, unknown>[][] } {
  const read = (value: unknown): Record<string, unknown>[] => JSON.parse(JSON.stringify(value ?? []));
  const { data, layer = [] }: { data?: { values?: unknown }; layer?: { data?: { values?: unknown } }[] } = JSON.parse(
    JSON.stringify(spec),
  );
  return { layer: layer.map((one) => read((one.data ?? data)?.values)) };
}

describe('charts of a sweep', () => {
  const cell = (scenario: number, point: Record<string, string>): CellRow => ({
    scenario,
    point,
    strategy: 'hjb',
    summary: summaryOf(spread(scenario)),
  });
  const cells = ['0.01', '0.1', '1'].flatMap((gamma, i) =>
    ['x', 'y'].map((arrivals, j) => cell(2 * i + j, { gamma, arrivals })),
  );

  it('go along the numbers, on a logarithmic axis where they span orders of magnitude', () => {
    const { path, continuous, logarithmic, panels } = layoutSweep(cells, ['gamma', 'arrivals']);
    expect([path, continuous, logarithmic]).toEqual(['gamma', true, true]);
    expect(panels.map(({ title, scenarios }) => [title, [...scenarios]])).toEqual([
      [['arrivals = x'], [0, 2, 4]],
      [['arrivals = y'], [1, 3, 5]],
    ]);
    expect(layoutSweep(cells.slice(0, 2), ['arrivals']).continuous).toBe(false);
    // Scenarios that differ in both keys at once are points, not lines.
    const zipped = layoutSweep([cells[0]!, cells[3]!, cells[4]!], ['gamma', 'arrivals']);
    expect(zipped.isJoined).toBe(true);
    const drawn = layoutSweep([cells[0]!, cells[3]!], ['gamma', 'arrivals']);
    expect([drawn.isJoined, drawn.panels.map(({ title }) => title)]).toEqual([false, [[]]]);
  });

  it('draw texts as categories, and no map where the points are no full grid', async () => {
    const tables: RunTables = {
      ...{
        sweptPaths: ['arrivals'],
        cells: cells.slice(0, 2).map((one) => ({ ...one, point: { arrivals: one.point['arrivals'] ?? '' } })),
      },
      ...{ comparisons: [], pnl: undefined, densities: [], inventories: [], recorded: [], profiles: [] },
    };
    const { charts } = runCharts(tables);
    expect(charts.map(({ name }) => name)).toEqual(['risk_return', 'sweep_mean', 'sweep_std', 'sweep_cvar']);
    for (const { spec } of charts) await renderChart(spec, { format: 'svg' });
    const holes = { ...tables, sweptPaths: ['gamma', 'arrivals'], cells: cells.slice(0, 5) };
    expect(runCharts(holes).charts.map(({ name }) => name)).not.toContain('sweep_heatmap');
    expect(runCharts({ ...holes, cells }).charts.map(({ name }) => name)).toContain('sweep_heatmap');
  });

  it('says so where every cell failed', () => {
    const failed = { ...cells[0], scenario: 0, point: {}, strategy: 'hjb', summary: undefined };
    const tables = { sweptPaths: [], cells: [failed], comparisons: [], pnl: undefined, densities: [] };
    const { charts, notes } = runCharts({ ...tables, inventories: [], recorded: [], profiles: [] });
    expect([charts, notes]).toEqual([[], ['no picture: every cell failed']]);
  });
});

describe('sweptQuantity', () => {
  it('has the unit of every number of simulator: and model:, as its description says', () => {
    const kind = z.looseObject({ type: z.unknown().optional() });
    const section = z.object({ properties: z.record(z.string(), kind.extend({ anyOf: z.array(kind).optional() })) });
    const sections = z.object({ properties: z.object({ simulator: section, model: section }) });
    const { simulator, model } = sections.parse(experimentJsonSchema(catalogue)).properties;
    for (const [name, { properties }] of Object.entries({ simulator, model })) {
      for (const [key, property] of Object.entries(properties)) {
        const { unit } = sweptQuantity(`${name}.${key}`);
        // A key that may be null is a union.
        const isNumber = [property, ...(property.anyOf ?? [])].some(({ type }) => type === 'number');
        expect(unit !== undefined, `${name}.${key}: ${unit}`).toBe(isNumber);
        const [first = ''] = (unit ?? '').split(' / ');
        // Rates by time or price are described in words.
        if (!/^1$|time/.test(first)) expect(JSON.stringify(property)).toContain(first);
      }
    }
    expect(sweptQuantity('strategies.0.half_spread')).toEqual({ label: 'strategies.0.half_spread', unit: undefined });
  });
});

describe('sweepHeatmap', () => {
  const cells = (n: number): CellRow[] =>
    Array.from({ length: n * n * 2 }, (_, i) => ({
      scenario: i >> 1,
      point: { 'model.gamma': String((i >> 1) % n), 'simulator.sigma': String(Math.floor((i >> 1) / n)) },
      strategy: i % 2 === 0 ? 'hjb' : 'constant',
      summary: summaryOf(spread(i)),
    }));
  const tables = (n: number): RunTables => ({
    sweptPaths: ['simulator.sigma', 'model.gamma'],
    cells: cells(n),
    comparisons: Array.from({ length: n * n }, (_, scenario) => ({
      ...{ scenario, strategy: 'constant', baseline: 'hjb', mean_difference: scenario - 2, se: 0.25 },
      ...{ ci_low: scenario - 2.5, ci_high: scenario - 1.5, correlation: 0 },
      verdict: scenario === 2 ? ('inconclusive' as const) : ('better' as const),
    })),
    ...{ pnl: undefined, densities: [], inventories: [], recorded: [], profiles: [] },
  });
  const svgOf = async (n: number): Promise<string> => {
    const spec = sweepHeatmap(tables(n));
    if (spec === undefined) throw new Error('no map');
    return renderChart(spec, { format: 'svg' });
  };

  it('writes each estimate with its error, where there is room', async () => {
    const svg = await svgOf(2);
    expect(svg).toContain('1.00 ± 0.25');
    expect(svg).toContain('0.00 ± 0.25 ?');
    expect(svg).toContain('model.gamma (1 / price units)');
  });

  it('tells the largest error in the caption of a large map, whose cells are colours', async () => {
    const svg = await svgOf(13);
    expect(svg).toContain('of differences up to 0.25; dot: the 95 % interval holds 0; 50 paths a strategy');
    expect(svg).not.toContain('± 0.25');
  });
});

describe('roomAround', () => {
  it('gives an axis of one value a length, and leaves others alone', () => {
    expect(roomAround([0, 0])).toEqual({ domain: [-1, 1] });
    expect(roomAround([0.1, 0.1 + 1e-17])).toEqual({ domain: [0.05, 0.15000000000000002] });
    expect(roomAround([1, 2])).toEqual({});
    expect(roomAround([])).toEqual({});
  });
});

describe('the law of the inventory', () => {
  const law: CellInventory = {
    ...{ scenario: 0, strategy: 'hjb', times: [0, 0.5, 1], inventories: [-1, 0, 1] },
    probabilities: [Float64Array.of(0, 1, 0), Float64Array.of(0.04, 0.9, 0.06), Float64Array.of(0.3, 0.4, 0.3)],
  };

  it('is read from inventory.csv as it was written', async () => {
    const file = path.join(temporaryFolder(), 'inventory.csv');
    writeFileSync(file, inventoryCsv([law, { ...law, strategy: 'a, "quoted" one' }]));
    expect(await readInventories(file)).toEqual([law, { ...law, strategy: 'a, "quoted" one' }]);
  });

  it('has its percentiles where its distribution function passes their shares', () => {
    expect(inventoryBand(law)).toEqual({
      name: 'hjb',
      x: law.times,
      y: [0, 0.02, 0],
      low: [0, 0, -1],
      high: [0, 1, 1],
    });
  });
});

describe('the chart kinds', () => {
  const x = { label: 'x' };
  const y = { label: 'PnL', unit: 'tick' };

  it('keep a strategy’s colour in the company of others', async () => {
    const points = [{ series: 'other', x: 1, y: 1, low: 0, high: 2 }];
    const alone = await renderChart(errorBarChart({ x, y, points }), { format: 'svg' });
    const inCompany = await renderChart(errorBarChart({ x, y, points, company: ['mine', 'other'] }), { format: 'svg' });
    expect(alone).toContain('#0072B2');
    expect(inCompany).not.toContain('#0072B2');
    expect(inCompany).toContain('#D55E00');
  });

  it('dash a line that lies on an earlier one', () => {
    const line = (name: string, values: number[]) => ({ name, x: [0, 1], y: values });
    const series = dashCoincident([line('a', [1, 2]), line('b', [1, 2]), line('c', [1, 3])]);
    expect(series.map(({ dashed }) => dashed)).toEqual([undefined, true, undefined]);
  });

  it('draw exact densities, bands of their own, steps and logarithmic axes', async () => {
    const exact = [{ name: 'hjb', x: [0, 1, 2], density: [0, 1, 0] }];
    const samples = [{ name: 'hjb', values: [0.5, 1, 1.5] }];
    const dashes = await renderChart(histogramChart({ x: y, samples, exact }), { format: 'svg' });
    expect(dashes).toContain('stroke-dasharray="5,4"');
    expect(await renderChart(histogramChart({ x: y, samples }), { format: 'svg' })).not.toContain('stroke-dasharray');
    const bands = [{ name: 'hjb', x: [1, 10, 100], low: [0, 0, 0], high: [3, 3, 3] }];
    const chart = { x, y, bands, series: [{ name: 'hjb', x: [1, 100], y: [1, 2] }], steps: true, logX: true };
    const svg = await renderChart(lineChart(chart), { format: 'svg' });
    for (const tick of ['>1<', '>2<', '>50<', '>100<']) expect(svg).toContain(tick);
  });
});

import { describe, expect, it } from 'vitest';
import { backtestComparison } from '../../src/report/plots/backtest-comparison.ts';
import { binSamples } from '../../src/report/plots/bins.ts';
import { errorBarChart } from '../../src/report/plots/error-bar-chart.ts';
import { heatmapChart } from '../../src/report/plots/heatmap-chart.ts';
import { histogramChart } from '../../src/report/plots/histogram-chart.ts';
import { type LineChart, lineChart } from '../../src/report/plots/line-chart.ts';
import { renderChart } from '../../src/report/plots/render-chart.ts';
import { besideEachOther } from '../../src/report/plots/side-by-side.ts';
import { strategyColours } from '../../src/report/plots/theme.ts';

const lines: LineChart = {
  title: 'AB',
  x: { label: 'time t', unit: 's' },
  y: { label: 'PnL', unit: 'price units' },
  series: [
    { name: 'hjb', x: [0, 1, 2], y: [1, 3, 2], band: { low: [0, 2, 1], high: [2, 4, 3] } },
    { name: 'mine', x: [0, 1, 2], y: [2, 1, 0], dashed: true },
  ],
};

describe('renderChart', () => {
  it('draws text into PNGs: regular and bold letters change pixels at the same size', async () => {
    const png = (chart: LineChart) => renderChart(lineChart(chart), { format: 'png' });
    const plain = await png(lines);
    const size = (image: Uint8Array) => Buffer.from(image.subarray(16, 24)).toString('hex');
    expect(Buffer.from(plain.subarray(1, 4)).toString()).toBe('PNG');
    // The same number of characters keeps Vega's layout, so that only letters can differ.
    for (const other of [
      { ...lines, title: 'XY' },
      { ...lines, x: { label: 'TIME Q', unit: 's' } },
    ]) {
      const changed = await png(other);
      expect(size(changed)).toBe(size(plain));
      expect(Buffer.compare(changed, plain)).not.toBe(0);
    }
    expect(Buffer.compare(await png(lines), plain)).toBe(0);
  });

  it('names units, series and colours in every kind of chart', async () => {
    const heat = {
      x: { label: 'time' },
      y: { label: 'inventory q', unit: 'units' },
      value: { label: 'δb', unit: 'tick' },
      xEdges: [0, 1, 2],
      yEdges: [0, 1, 2],
      at: (column: number, row: number) => (column === 1 && row === 1 ? Number.NaN : column + row),
    };
    const estimates = [
      { series: 'hjb', x: 'a', y: 1, low: 0, high: 2 },
      { series: 'constant', x: 'a', y: 2, low: 1, high: 3 },
    ];
    const charts = [
      { spec: lineChart(lines), texts: ['AB', 'time t (s)', 'PnL (price units)', 'mine', '#0072B2', '#D55E00'] },
      { spec: heatmapChart(heat), texts: ['inventory q (units)', 'δb (tick)'] },
      {
        spec: errorBarChart({ x: { label: 'case' }, y: { label: 'mean', unit: 'tick' }, points: estimates }),
        texts: ['mean (tick)', 'case', '#0072B2'],
      },
      {
        spec: histogramChart({ x: { label: 'PnL', unit: 'tick' }, samples: [{ name: 'hjb', values: [1, 2, 2, 5] }] }),
        texts: ['PnL (tick)', 'density (1 / tick)', '#0072B2'],
      },
      { spec: besideEachOther({ title: 'two' }, [lineChart(lines), heatmapChart(heat)]), texts: ['two', 'δb (tick)'] },
    ];
    for (const { spec, texts } of charts) {
      const svg = await renderChart(spec, { format: 'svg' });
      for (const text of texts) expect(svg).toContain(text);
      expect(svg).toContain('DejaVu Sans');
    }
  });

  it('counts a warning of Vega-Lite as an error', async () => {
    const spec = {
      data: { values: [{ x: 1 }] },
      mark: 'point',
      encoding: { x: { field: 'x', type: 'quantitative', scale: { type: 'point' } } },
    } as const;
    await expect(renderChart(spec, { format: 'svg' })).rejects.toThrow(/^chart: /);
  });

  it('refuses what cannot be placed on an axis', () => {
    const broken = { ...lines, series: [{ name: 'a', x: [0, 1], y: [0, Number.NaN] }] };
    expect(() => lineChart(broken)).toThrow(/expected finite values, got NaN/);
    expect(() => lineChart({ ...lines, series: [] })).toThrow(/at least one value/);
    expect(() => lineChart({ ...lines, series: [{ name: 'a', x: [0], y: [0, 1] }] })).toThrow(/1 abscissas and 2/);
  });

  it('takes more values than a call takes arguments', () => {
    const n = 200_000;
    const t = Array.from({ length: n }, (_, i) => i / n);
    const flat = t.map(() => 100);
    const inventory = t.map((_, i) => i % 2);
    const ends = Float64Array.of(0, 1);
    const band = { mean: ends, p05: ends, p50: ends, p95: ends };
    const path = { mid: flat, bid: flat, ask: flat, cash: flat, pnl: flat, fill: flat, inventory };
    const picture = backtestComparison({
      company: ['hjb'],
      strategies: ['hjb'],
      recorded: [{ strategy: 'hjb', path: 0, trajectory: { t, ...path } }],
      profiles: [{ strategy: 'hjb', profile: { paths: 3, times: ends, pnl: band, inventory: band } }],
      pnl: [{ name: 'hjb', values: [1, 2, 3] }],
    });
    expect(JSON.stringify(picture)).toContain('"tickMinStep":1');
  }, 60_000);
});

describe('strategyColours', () => {
  it('gives a built-in strategy one colour in all company', () => {
    const colour = (names: string[], name: string) => strategyColours(names).get(name);
    expect(colour(['hjb'], 'hjb')).toBe('#0072B2');
    expect(colour(['mine', 'symmetric', 'constant', 'hjb'], 'hjb')).toBe('#0072B2');
    expect(colour(['mine', 'constant'], 'constant')).toBe('#D55E00');
  });

  it('gives different strategies different colours, the same for the same list', () => {
    const names = ['hjb', 'symmetric', ...Array.from({ length: 20 }, (_, i) => `custom ${i}`)];
    const colours = strategyColours(names);
    expect(new Set(colours.values()).size).toBe(names.length);
    expect(strategyColours(names)).toEqual(colours);
    for (const colour of colours.values()) expect(colour).toMatch(/^#[0-9a-fA-F]{6}$/);
  });
});

describe('binSamples', () => {
  it("agrees with NumPy's histogram(bins=4, range=(0, 8), density=True)", () => {
    const { edges, densities } = binSamples([[0, 1, 1, 2, 3.5, 4], Float64Array.of(2, 2, 3, 8)], 4);
    expect(edges).toEqual([0, 2, 4, 6, 8]);
    const [first = [], second = []] = densities;
    expect(first).toEqual([0.25, 1 / 6, 1 / 12, 0].map((x) => expect.closeTo(x, 15)));
    expect(second).toEqual([0, 0.375, 0, 0.125].map((x) => expect.closeTo(x, 15)));
  });

  it('shows equal values as one bin of area 1', () => {
    expect(binSamples([[3, 3]])).toEqual({ edges: [2.5, 3.5], densities: [[1]] });
  });
});

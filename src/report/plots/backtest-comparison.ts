import { formatCount } from '../../util/format.ts';
import type { NamedProfile } from '../profiles-csv.ts';
import type { RecordedPath } from '../trajectories-csv.ts';
import { histogramChart, type NamedSample } from './histogram-chart.ts';
import { lineChart } from './line-chart.ts';
import { pathChart } from './path-chart.ts';
import { INVENTORY, PNL, TERMINAL_PNL, TIME } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { strategyColours } from './theme.ts';

/** What a backtest shows; strategies are in the same order throughout. */
export interface BacktestPictures {
  readonly strategies: readonly string[];
  /** One path of each strategy, all of the same number. */
  readonly recorded: readonly RecordedPath[];
  readonly profiles: readonly NamedProfile[];
  readonly pnl: readonly NamedSample[];
}

/** Panels of quotes in a row. */
const COLUMNS = 3;
const PANEL = { width: 380, height: 250 } as const;

/**
 * The picture of a backtest: one path's midprice with each strategy's quotes and fills; inventory on that path and PnL over
 * time, with the band of the middle 90 % of all runs; the densities of terminal PnL.
 * @throws RangeError where there is nothing to show
 */
export function backtestComparison({ strategies, recorded, profiles, pnl }: BacktestPictures): ChartSpec {
  const [first] = recorded;
  if (first === undefined) throw new RangeError('backtest: expected at least one recorded path, got none');
  const colours = strategyColours(strategies);
  const columns = Math.min(COLUMNS, recorded.length);
  const width = (COLUMNS * PANEL.width + 70 * (COLUMNS - columns)) / columns;
  const quotes = recorded.map(({ strategy, trajectory }) =>
    pathChart({
      title: strategy,
      trajectory,
      colour: colours.get(strategy) ?? '#000000',
      width: Math.round(width),
      height: PANEL.height,
    }),
  );
  const runs = Math.min(...pnl.map(({ values }) => values.length));
  const banded = Math.min(...profiles.map(({ profile }) => profile.paths));
  const overRuns = `5–95 % of ${formatCount(banded)} runs`;
  const row: PanelSpec[] = [
    inventoryPanel(recorded, profiles, `path ${first.path}; band: ${overRuns}`),
    lineChart({
      title: 'PnL over time',
      subtitle: `mean; band: ${overRuns}`,
      x: TIME,
      y: PNL,
      withoutLegend: true,
      series: profiles.map(({ strategy, profile }) => ({
        name: strategy,
        x: profile.times,
        y: profile.pnl.mean,
        band: { low: profile.pnl.p05, high: profile.pnl.p95 },
      })),
      ...PANEL,
    }),
    histogramChart({
      title: 'Terminal PnL',
      subtitle: `${formatCount(runs)} runs a strategy`,
      x: TERMINAL_PNL,
      samples: pnl,
      ...PANEL,
    }),
  ];
  return {
    title: {
      text: `Backtest: ${strategies.join(', ')}`,
      subtitle: `quotes and fills on path ${first.path}; all strategies met the same market, ${formatCount(runs)} runs each`,
      fontSize: 17,
      subtitleFontSize: 12,
      offset: 16,
    },
    vconcat: [
      { concat: quotes, columns, spacing: 28, ...apart },
      { hconcat: row, spacing: 28, ...apart },
    ],
    spacing: 28,
  };
}

const apart = {
  resolve: {
    scale: { color: 'independent', shape: 'independent' },
    legend: { color: 'independent', shape: 'independent' },
  },
} as const;

function inventoryPanel(
  recorded: readonly RecordedPath[],
  profiles: readonly NamedProfile[],
  subtitle: string,
): PanelSpec {
  const series = recorded.map(({ strategy, trajectory: { t, inventory } }) => {
    // Where it changes is all that a line of steps needs.
    const shown = t.map((_, i) => i).filter((i) => i === t.length - 1 || inventory[i] !== inventory[i - 1]);
    return { name: strategy, x: shown.map((i) => t[i]!), y: shown.map((i) => inventory[i]!) };
  });
  return lineChart({
    title: 'Inventory',
    subtitle,
    x: TIME,
    y: INVENTORY,
    steps: true,
    withoutLegend: true,
    series,
    bands: profiles.map(({ strategy, profile: { times, inventory } }) => ({
      name: strategy,
      x: times,
      low: inventory.p05,
      high: inventory.p95,
    })),
    ...PANEL,
  });
}

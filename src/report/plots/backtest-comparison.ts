import { formatCount } from '../../util/format.ts';
import { leastAndMost } from '../../util/least-and-most.ts';
import type { NamedProfile } from '../profiles-csv.ts';
import type { RecordedPath } from '../trajectories-csv.ts';
import { type ExactDensity, histogramChart, type NamedSample } from './histogram-chart.ts';
import { dashCoincident, lineChart, sameNumbers } from './line-chart.ts';
import { PATH_KEY, pathChart } from './path-chart.ts';
import { INVENTORY, PNL, TERMINAL_PNL, TIME } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { strategyColours } from './theme.ts';

/** What a backtest shows; strategies are in the same order throughout. */
export interface BacktestPictures {
  /** All strategies of the run, those that failed among them. */
  readonly company: readonly string[];
  readonly strategies: readonly string[];
  /** One path of each strategy, all of the same number. */
  readonly recorded: readonly RecordedPath[];
  readonly profiles: readonly NamedProfile[];
  readonly pnl: readonly NamedSample[];
  /** Exact densities of terminal PnL, where they are known. */
  readonly densities?: readonly ExactDensity[] | undefined;
}

/** Strategies that the title names. */
const MOST_NAMED = 4;
/** Panels of quotes in a row. */
const COLUMNS = 3;
/** Pixels from one plotting area to the next, axis and spacing. */
const GAP = 78;
const PANEL = { width: 380, height: 250, isPanel: true } as const;

/**
 * The picture of a backtest: one path's midprice with each strategy's quotes and fills; inventory on that path and PnL over
 * time, with the band of the middle 90 % of all runs; the densities of terminal PnL.
 * @throws RangeError where there is nothing to show
 */
export function backtestComparison({
  company,
  strategies,
  recorded,
  profiles,
  pnl,
  densities = [],
}: BacktestPictures): ChartSpec {
  const [first] = recorded;
  if (first === undefined) throw new RangeError('backtest: expected at least one recorded path, got none');
  const colours = strategyColours(company);
  const columns = Math.min(COLUMNS, recorded.length);
  const width = (COLUMNS * PANEL.width + GAP * (COLUMNS - columns)) / columns;
  const quotes = recorded.map(({ strategy, trajectory }) =>
    pathChart({
      title: strategy,
      isPanel: true,
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
    inventoryPanel(company, recorded, profiles, `path ${first.path}; band: ${overRuns}`),
    lineChart({
      title: 'PnL over time',
      subtitle: `mean; band: ${overRuns}`,
      x: TIME,
      y: PNL,
      withoutLegend: true,
      company,
      series: dashCoincident(
        profiles.map(({ strategy, profile }) => ({
          name: strategy,
          x: profile.times,
          y: profile.pnl.mean,
          band: { low: profile.pnl.p05, high: profile.pnl.p95 },
        })),
      ),
      ...PANEL,
    }),
    histogramChart({
      title: 'Terminal PnL',
      subtitle: `${formatCount(runs)} runs a strategy${densities.length > 0 ? '; dashed: exact density' : ''}`,
      x: TERMINAL_PNL,
      samples: pnl,
      exact: densities,
      company,
      ...PANEL,
    }),
  ];
  return {
    title: {
      text: `Backtest: ${strategies.length <= MOST_NAMED ? strategies.join(', ') : `${strategies.length} strategies`}`,
      subtitle: [
        `${formatCount(runs)} runs of each strategy, all in the same market${coincidences(pnl)}${missing(company, strategies)}`,
        `quotes on path ${first.path}: ${PATH_KEY}`,
      ],
      fontSize: 17,
      subtitleFontSize: 12,
      offset: 16,
    },
    vconcat: [
      { concat: quotes, columns, ...flush, resolve: { scale: { ...apart, y: 'shared' } } },
      { concat: row, columns: COLUMNS, ...flush, resolve: { scale: apart } },
    ],
    spacing: 34,
  };
}

/** Plotting areas stand in columns, whatever their axes need. */
const flush = { bounds: 'flush', spacing: { row: 84, column: GAP } } as const;

/** Panels whose colours and marks stand for different things. */
const apart = { color: 'independent', shape: 'independent', strokeDash: 'independent' } as const;

function inventoryPanel(
  company: readonly string[],
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
    tickStep: Math.min(...recorded.map(({ trajectory }) => leastStep(trajectory.inventory))),
    withoutLegend: true,
    company,
    series: dashCoincident(series),
    bands: profiles.map(({ strategy, profile: { times, inventory } }) => ({
      name: strategy,
      x: times,
      low: inventory.p05,
      high: inventory.p95,
    })),
    ...PANEL,
  });
}

/** The least change of an inventory, 1 where there is none: ticks closer than that would show what cannot be. */
function leastStep(inventory: readonly number[]): number {
  const steps = inventory.flatMap((q, i) => (i > 0 && q !== inventory[i - 1] ? [Math.abs(q - inventory[i - 1]!)] : []));
  return steps.length === 0 ? 1 : leastAndMost(steps)[0];
}

/** Tells of strategies that failed, which have no panel. */
function missing(company: readonly string[], strategies: readonly string[]): string {
  const failed = [...new Set(company)].filter((name) => !strategies.includes(name));
  return failed.length === 0 ? '' : `; not shown, as it failed: ${failed.join(', ')}`;
}

/** Tells of strategies that made the same PnL on every run, since one of them hides the other. */
function coincidences(pnl: readonly NamedSample[]): string {
  const same = pnl.flatMap(({ name, values }, i) => {
    const earlier = pnl.slice(0, i).find((other) => sameNumbers(values, other.values));
    return earlier === undefined ? [] : [`; ${name} made the same PnL as ${earlier.name} on every run`];
  });
  return same.join('');
}

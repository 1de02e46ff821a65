import type { Scenario } from '../config/experiment.ts';
import { coloursOf } from '../report/plots/axis.ts';
import { type LineSeries, lineChart } from '../report/plots/line-chart.ts';
import type { ChartSpec, PanelSpec } from '../report/plots/render-chart.ts';
import { latticeInventories, latticeOf } from '../simulate/lattice.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import { gridRule } from '../strategies/grid-rule.ts';
import type { PolicyFile } from '../strategies/ppo/policy-file.ts';
import { PolicyNetwork } from '../strategies/ppo/policy-network.ts';
import { formatCount } from '../util/format.ts';

const SIDES = ['bid', 'ask'] as const;
type Side = (typeof SIDES)[number];
type Quotes = (t: number) => Readonly<Record<Side, Float64Array>>;

/** Lots on either side of zero that the pictures show, and points of time in them. */
const SHOWN_LOTS = 10;
const TIMES = 101;

/** The learnt quotes beside the optimal ones of the scenario's model: over the inventory, and over time. */
export function learntQuoteCharts(policy: PolicyFile, scenario: Scenario): { name: string; spec: ChartSpec }[] {
  const { simulator, model } = scenario;
  const { T, order_size } = simulator;
  const lattice = latticeOf(simulator, SHOWN_LOTS, 2 * SHOWN_LOTS + 1);
  const inventories = latticeInventories(lattice, order_size);
  const kinds = [
    { name: 'learnt', quotes: learntQuotes(policy, scenario, inventories, lattice.bounded), dashed: false },
    ...(model.Q_max === null ? [] : [{ name: 'optimal', quotes: optimalQuotes(scenario, inventories), dashed: true }]),
  ];
  const distance = { label: 'distance from the mid', unit: 'price units' };
  const inventory = { label: 'inventory q', unit: 'units' };
  const time = { label: 'time t', unit: 'units of time' };
  // Those of a side share a colour.
  const colours = coloursOf({}, SIDES).flatMap((colour) => kinds.map(() => colour));
  const chart = (title: string, x: { label: string; unit: string }, series: LineSeries[]) =>
    lineChart({ title, x, y: distance, series, width: 400, colours });
  const lines = (x: Float64Array, of: (quotes: Quotes, side: Side) => Float64Array): LineSeries[] =>
    SIDES.flatMap((side) =>
      kinds.map(({ name, quotes, dashed }) => finite(`${name} ${side}`, x, of(quotes, side), dashed)),
    );
  const times = Float64Array.from({ length: TIMES }, (_, i) => (i / (TIMES - 1)) * T);
  const step = Math.max(1, Math.floor(lattice.reach / 2));
  const overInventory = (t: number) =>
    chart(
      `t = ${short(t)}`,
      inventory,
      lines(inventories, (quotes, side) => quotes(t)[side]),
    );
  const overTime = (lots: number) =>
    chart(
      `q = ${short(lots * order_size)}`,
      time,
      lines(times, (quotes, side) => times.map((t) => quotes(t)[side][lots + lattice.reach]!)),
    );
  const subtitle = `${formatCount(policy.training.timesteps)} timesteps on reward ${policy.training.reward}`;
  return [
    {
      name: 'learnt_quotes_inventory',
      spec: inRow('Learnt and optimal quotes over the inventory', subtitle, [0, 0.95 * T].map(overInventory)),
    },
    {
      name: 'learnt_quotes_time',
      spec: inRow('Learnt and optimal quotes over time', subtitle, [0, step].map(overTime)),
    },
  ];
}

/** Side by side, each with a legend that joins colours and dashes. */
function inRow(title: string, subtitle: string, panels: readonly PanelSpec[]): ChartSpec {
  const apart = { color: 'independent', strokeDash: 'independent' } as const;
  return {
    title: { text: title, subtitle },
    hconcat: [...panels],
    spacing: 20,
    resolve: { scale: apart, legend: apart },
  };
}

/** @param isBounded true where the first and last inventory are the bound */
function learntQuotes(
  policy: PolicyFile,
  { simulator }: Scenario,
  inventories: Float64Array,
  isBounded: boolean,
): Quotes {
  const network = new PolicyNetwork(policy);
  const out = new Float64Array(2);
  return (t) => {
    const quotes = { bid: new Float64Array(inventories.length), ask: new Float64Array(inventories.length) };
    inventories.forEach((inventory, j) => {
      network.quote({ time: t, inventory, price: simulator.S0, return: 0 }, out);
      quotes.bid[j] = out[0]!;
      quotes.ask[j] = out[1]!;
    });
    // At the inventory bound there is one quote only.
    if (isBounded) {
      quotes.bid[inventories.length - 1] = Number.POSITIVE_INFINITY;
      quotes.ask[0] = Number.POSITIVE_INFINITY;
    }
    return quotes;
  };
}

function optimalQuotes({ model }: Scenario, inventories: Float64Array): Quotes {
  const rule = gridRule(solveHjb(model));
  return (t) => {
    const quotes = { bid: new Float64Array(inventories.length), ask: new Float64Array(inventories.length) };
    rule.fillRow(t, inventories, quotes.bid, quotes.ask);
    return quotes;
  };
}

/** A line through the points that have a quote. */
function finite(name: string, x: Float64Array, y: Float64Array, dashed: boolean): LineSeries {
  const quoted = [...y.keys()].filter((i) => Number.isFinite(y[i]));
  return { name, x: quoted.map((i) => x[i]!), y: quoted.map((i) => y[i]!), dashed };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

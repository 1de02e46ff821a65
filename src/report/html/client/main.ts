/** The script of report.html. */
import type { TopLevelSpec } from 'vega-lite';
import { statisticsHtml } from '../statistics-html.ts';
import { Chart, type Row } from './chart.ts';
import { showChoice, wireControls } from './controls.ts';
import { all, element, readPageData } from './page.ts';
import { FILLS, fillRows, pathRows, pathSpec } from './path-chart.ts';
import {
  BAND_CHARTS,
  type BandChart,
  bandRows,
  bandSpec,
  densityRows,
  densitySpec,
  EXACT,
  exactRows,
} from './sample-charts.ts';
import { differencesRows, differencesSpec, riskRows, riskSpec, spreadRows, spreadSpec } from './scenario-charts.ts';
import { nameOf, type PageState } from './state.ts';
import { sweepRows, sweepSpec } from './sweep-chart.ts';

/** A chart of the page: what it looks like and what it shows at the state. */
interface Drawn {
  readonly spec: (state: PageState) => TopLevelSpec;
  readonly rows: (state: PageState) => readonly Row[];
  readonly others?: (state: PageState) => Readonly<Record<string, readonly Row[]>>;
}

const bands = Object.keys(BAND_CHARTS).filter((key): key is BandChart => key in BAND_CHARTS);

const CHARTS: ReadonlyMap<string, Drawn> = new Map<string, Drawn>([
  ['sweep', { spec: sweepSpec, rows: sweepRows }],
  ['path', { spec: pathSpec, rows: pathRows, others: (state) => ({ [FILLS]: fillRows(state) }) }],
  ['spread', { spec: ({ data }) => spreadSpec(data), rows: spreadRows }],
  [
    'density',
    { spec: ({ data }) => densitySpec(data), rows: densityRows, others: (state) => ({ [EXACT]: exactRows(state) }) },
  ],
  ['risk', { spec: ({ data, risk }) => riskSpec(data, risk), rows: riskRows }],
  ['differences', { spec: differencesSpec, rows: differencesRows }],
  ...bands.map((key): [string, Drawn] => [
    key,
    { spec: ({ data }) => bandSpec(data, key), rows: (state) => bandRows(state, key) },
  ]),
]);

async function start(): Promise<void> {
  const data = readPageData();
  const [scenario] = data.scenarios;
  if (scenario === undefined) return;
  const longest = data.axes.toSorted(
    (a, b) => Number(b.continuous) - Number(a.continuous) || b.values.length - a.values.length,
  )[0];
  const state: PageState = {
    data,
    hidden: new Set(),
    scenario,
    risk: 'std',
    metric: 'mean',
    recorded: 0,
    axis: longest === undefined ? 0 : data.axes.indexOf(longest),
  };
  showChoice('sweep-axis', data.axes[state.axis]?.path);
  const charts = new Map<string, Chart>();
  const draw = async (anew: boolean): Promise<void> => {
    for (const place of all('.chart', HTMLElement)) {
      const name = place.dataset['chart'] ?? '';
      const drawn = CHARTS.get(name);
      if (drawn === undefined) continue;
      if (anew) charts.get(name)?.close();
      const chart = (anew ? undefined : charts.get(name)) ?? new Chart(place, drawn.spec(state));
      charts.set(name, chart);
      await chart.show(drawn.rows(state), drawn.others?.(state));
    }
    document.documentElement.dataset['charts'] = 'drawn';
  };
  for (const control of all('.needs-script', HTMLElement)) control.hidden = false;
  wireControls(state, (change) => {
    if (change === 'scenario') showTable(state);
    draw(change === 'specs').catch(report);
  });
  wireCopying();
  wirePrinting();
  await draw(true);
}

function showTable(state: PageState): void {
  const { cells, pairs, point } = state.scenario;
  const strategies = cells.map(({ strategy, figures }) => ({ strategy: nameOf(state, strategy), summary: figures }));
  const judged = pairs.map(({ strategy, baseline, clear }) => ({
    strategy: nameOf(state, strategy),
    baseline: nameOf(state, baseline),
    verdict: clear ? ('better' as const) : ('inconclusive' as const),
  }));
  element('statistics').innerHTML = statisticsHtml(strategies, judged).text;
  const place = state.data.axes.map(({ path, values }, i) => `${path} = ${values[point[i] ?? 0] ?? ''}`).join(', ');
  for (const caption of all('.scenario-name', HTMLElement)) caption.textContent = place;
}

/** Buttons that copy the text that they stand beside; without a clipboard they stay hidden. */
function wireCopying(): void {
  for (const button of all('button.copy', HTMLButtonElement)) {
    if (navigator.clipboard === undefined) continue;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(button.parentElement?.querySelector('pre')?.textContent ?? '');
      button.textContent = 'Copied';
    };
  }
}

/** On paper nothing can be unfolded. */
function wirePrinting(): void {
  const folded = (): HTMLDetailsElement[] => all('details:not([open])', HTMLDetailsElement);
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = folded();
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

/** Says on the page that its charts are not there, and why on the console. */
function report(error: unknown): void {
  element('chart-failure').hidden = false;
  console.error(error);
}

start().catch(report);

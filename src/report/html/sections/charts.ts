import { formatCount } from '../../../util/format.ts';
import { pathsText } from '../../plots/paths-text.ts';
import { MOST_CELLS } from '../build-page-data.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import type { PageData } from '../page-data.ts';
import { MOST_FILLS } from '../page-paths.ts';
import type { StoredRun } from '../read-run.ts';
import { chooser, slidersHtml, togglesHtml } from './controls.ts';

interface Figure {
  /** The name by which the page's script knows it. */
  readonly chart: string;
  readonly title: string;
  readonly caption: string;
  readonly control?: Markup;
  readonly isWide?: boolean;
}

/** The interactive charts, which the page's script draws, and what steers them. */
export function chartsSection({ tables }: StoredRun, data: PageData): Markup {
  const done = tables.cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  if (done.length === 0) return NOTHING;
  const total = new Set(tables.cells.map(({ scenario }) => scenario)).size;
  const left =
    data.scenarios.length < total
      ? html`<p class="hint">The charts hold the first ${formatCount(data.scenarios.length)} of ${formatCount(total)} scenarios
(${formatCount(MOST_CELLS)} cells at most); summary.csv has all.</p>`
      : NOTHING;
  const shown = figuresOf(data, pathsText(done));
  return html`<section aria-labelledby="charts">
<h2 id="charts">The charts</h2>
<noscript><p class="notice">The charts need JavaScript; all else on this page does not.</p></noscript>
<p class="notice" id="chart-failure" role="alert" hidden>The charts could not be drawn in this browser; the figures are in the
tables, and the reason is on its console.</p>
<div class="controls needs-script" hidden>${togglesHtml(data)}${slidersHtml(data)}</div>
<p class="hint needs-script" hidden>Point at a mark for its figures, or move to a chart with Tab and read it with ← and →.</p>
${left}
<div class="charts">${shown.map(figureHtml)}</div>
</section>`;
}

function figureHtml({ chart, title, caption, control = NOTHING, isWide = false }: Figure): Markup {
  return html`<figure${isWide ? html` class="wide"` : NOTHING}><h3 id="title-${chart}">${title}</h3>${control}
<div class="chart" data-chart="${chart}" role="group" aria-labelledby="title-${chart}" aria-describedby="caption-${chart}"></div>
<p class="readout" role="status"></p>
<figcaption id="caption-${chart}">${caption}</figcaption></figure>
`;
}

function figuresOf(data: PageData, paths: string): Figure[] {
  const isSweep = data.axes.length > 0;
  const hasPairs = data.scenarios.some(({ pairs }) => pairs.length > 0);
  const here = isSweep ? ' in the chosen scenario' : '';
  return [
    ...(isSweep ? [sweepFigure(data, hasPairs, paths)] : []),
    ...(data.paths.length > 0 ? [pathFigure(data)] : []),
    {
      chart: 'spread',
      title: `PnL of each strategy${here}`,
      caption: `Bar: the middle 90 % of paths. Tick: the median. Mark: the mean with its 95 % interval. ${paths}.`,
    },
    ...(hasPairs
      ? [
          {
            chart: 'differences',
            title: `Paired differences of mean PnL${here}`,
            caption: `Path by path on the same random numbers; bars: 95 % intervals. Pale: the interval holds 0. ${paths}.`,
          },
        ]
      : []),
    ...(data.scenarios.some(({ histogram }) => histogram !== undefined)
      ? [
          {
            chart: 'density',
            title: `Distribution of PnL${here}`,
            caption: `Histograms as densities; dashed, where known, the exact density, without sampling. ${paths}.`,
          },
        ]
      : []),
    {
      chart: 'risk',
      title: `Risk and return${here}`,
      caption: `Bars: 95 % intervals. Better is up and to the left. ${paths}.`,
      control: chooser('risk-measure', 'Risk measured by', [
        { value: 'std', label: 'standard deviation' },
        { value: 'cvar95', label: 'CVaR 95 %' },
      ]),
    },
    ...(data.pnlOverTime.length > 0
      ? [
          {
            chart: 'pnlOverTime',
            title: 'PnL over time',
            caption: `Mean over paths; bands: 5–95 % of paths. ${paths}.`,
          },
        ]
      : []),
    ...(data.inventoryOverTime.length > 0
      ? [
          {
            chart: 'inventoryOverTime',
            title: 'Inventory over time',
            caption:
              data.pnlOverTime.length > 0
                ? `Mean over paths; bands: 5–95 % of paths. ${paths}.`
                : 'Mean; bands: 5th to 95th percentile. Exact, without sampling.',
          },
        ]
      : []),
    ...(data.convergence.length > 0
      ? [
          {
            chart: 'convergence',
            title: 'Convergence of the mean',
            caption: `Mean PnL over the first paths, as many as the axis says; bands: 95 % intervals. ${paths}.`,
          },
        ]
      : []),
  ];
}

function pathFigure({ paths, strategies }: PageData): Figure {
  return {
    chart: 'path',
    title: 'What a strategy did on one path',
    caption:
      'Line in the colour of the text: the midprice; in that of the strategy: bid and ask. ▲ the bid was filled (bought), ' +
      `▼ the ask was filled (sold). At most ${formatCount(MOST_FILLS)} fills are marked; trajectories.csv has all of every path.`,
    control: chooser(
      'recorded-path',
      'Show',
      paths.map(({ strategy, path }, i) => ({
        value: String(i),
        label: `${strategies[strategy]?.name}, path ${path}`,
      })),
    ),
    isWide: true,
  };
}

function sweepFigure({ axes, isGrid }: PageData, hasPairs: boolean, paths: string): Figure {
  const metric = chooser('sweep-metric', 'Show', [
    { value: 'mean', label: 'mean PnL' },
    { value: 'std', label: 'std of PnL' },
    { value: 'cvar95', label: 'CVaR 95 %' },
    { value: 'certainty_equivalent', label: 'certainty equivalent' },
    ...(hasPairs ? [{ value: 'difference', label: 'paired difference from the first' }] : []),
  ]);
  const axis = chooser(
    'sweep-axis',
    'over',
    axes.map(({ path }) => ({ value: path, label: path })),
  );
  const others = isGrid ? 'The other swept values are those of the sliders' : 'All scenarios of the sweep';
  return {
    chart: 'sweep',
    title: 'Over the sweep',
    caption: `${others}; dashed: the chosen scenario. Bars: 95 % intervals. ${paths}.`,
    control: html`<div class="choices">${metric}${axis}</div>`,
    isWide: true,
  };
}

/** The script of explore.html. */
import type { TopLevelSpec } from 'vega-lite';
import { Chart, type Row } from '../../report/html/client/chart.ts';
import { short } from '../../report/html/client/figures-text.ts';
import { all, element } from '../../report/html/client/page.ts';
import { configYaml } from '../market.ts';
import { type ExploreResult, type ExploreStrategy, STRATEGIES } from '../messages.ts';
import { INITIAL } from '../parameters.ts';
import { Computation } from './computation.ts';
import { type Chosen, Controls } from './controls.ts';
import { wireCopying } from './copying.ts';
import { showFigures } from './figures.ts';
import { densityRows, densitySpec, inventoryRows, inventorySpec } from './law-charts.ts';
import { setState, showAtoms, showBounds, showProgress } from './notices.ts';
import { EXTENT, extentRows, quotesRows, quotesSpec, surfaceRows, surfaceSpec } from './quote-charts.ts';
import type { ExploreState } from './state.ts';

interface Drawn {
  readonly spec: () => TopLevelSpec;
  readonly rows: (state: ExploreState) => readonly Row[];
  readonly others?: (state: ExploreState) => Readonly<Record<string, readonly Row[]>>;
}

const CHARTS = {
  quotes: { spec: quotesSpec, rows: quotesRows, others: (state) => ({ [EXTENT]: extentRows(state) }) },
  surface: { spec: surfaceSpec, rows: surfaceRows },
  density: { spec: densitySpec, rows: densityRows },
  inventory: { spec: inventorySpec, rows: inventoryRows },
} as const satisfies Readonly<Record<string, Drawn>>;
type ChartName = keyof typeof CHARTS;

/** Milliseconds for which a slider must rest before its position is computed. */
const REST = 40;

const state: ExploreState = {
  parameters: INITIAL,
  node: 0,
  strategies: { hjb: { isDone: false }, constant: { isDone: false } },
};
const charts = new Map<ChartName, Chart>();
const waiting = new Set<ChartName>();
let started = 0;
let timer: number | undefined;

const computation = new Computation(receive);

function receive(strategy: ExploreStrategy, result: ExploreResult): void {
  const known = state.strategies[strategy];
  switch (result.kind) {
    case 'quotes':
      state.quotes = result.quotes;
      showBounds(state);
      showTime();
      draw('quotes', 'surface');
      break;
    case 'distance':
      state.distance = result.distance;
      draw('quotes');
      break;
    case 'moments':
      known.moments = result.moments;
      draw('inventory');
      break;
    case 'law':
      known.law = result.law;
      showAtoms(state);
      draw('density');
      break;
    case 'failed':
      known.failure = result.message;
      known.isDone = true;
      break;
    case 'done':
      known.isDone = true;
  }
  showFigures(state);
  showProgress(state, performance.now() - started);
}

function choose(chosen: Chosen): void {
  clearTimeout(timer);
  computation.stop();
  element('copy').toggleAttribute('disabled', chosen.state === 'invalid');
  if (chosen.state === 'invalid') {
    setState('invalid');
    element('status').textContent = chosen.problem;
    return;
  }
  state.parameters = chosen.parameters;
  element('yaml').textContent = configYaml(chosen.parameters);
  setState('computing');
  element('status').textContent = 'Computing…';
  timer = window.setTimeout(compute, REST);
}

function compute(): void {
  started = performance.now();
  for (const strategy of STRATEGIES) {
    // Figures of other parameters must not stand beside new ones; charts keep them, dimmed, until they are redrawn.
    Object.assign(state.strategies[strategy], { failure: undefined, isDone: false });
    delete state.strategies[strategy].moments;
    delete state.strategies[strategy].law;
  }
  delete state.quotes;
  delete state.distance;
  computation.start(state.parameters);
}

/** Draws charts in the next frame, each once however often it is asked for. */
function draw(...names: readonly ChartName[]): void {
  if (waiting.size === 0) requestAnimationFrame(() => drawWaiting().catch(report));
  for (const name of names) waiting.add(name);
}

async function drawWaiting(): Promise<void> {
  const names = [...waiting];
  waiting.clear();
  for (const name of names) {
    const drawn: Drawn = CHARTS[name];
    const chart = charts.get(name) ?? new Chart(element(`chart-${name}`), drawn.spec());
    charts.set(name, chart);
    await chart.show(drawn.rows(state), drawn.others?.(state));
  }
}

function showTime(): void {
  const time = state.quotes?.times[state.node];
  const slider = element('time');
  const text = time === undefined ? '' : `t = ${short(time)}`;
  slider.setAttribute('aria-valuetext', text);
  element('time-value').textContent = text;
}

function report(error: unknown): void {
  element('failure').hidden = false;
  element('failure').textContent =
    `A chart could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
  console.error(error);
}

const controls = new Controls(choose);
element('lift').onclick = () => controls.lift();
for (const slider of all('#time', HTMLInputElement)) {
  slider.oninput = () => {
    state.node = Number(slider.value);
    showTime();
    draw('quotes');
  };
}
wireCopying();
controls.show(INITIAL);

import { parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { chartConfig } from '../../plots/theme.ts';
import { showTip } from './tip.ts';

/** A datum of a chart; `tip` is what it says when pointed at, a line a figure, the first one its name. */
export interface Row {
  readonly tip: string;
}

/** The name under which a chart's specification refers to its rows. */
export const ROWS = 'rows';

/** The colour of the text around the chart, so that it follows the page into dark mode and print. */
const INK = 'currentColor';

const config: Config = {
  ...chartConfig,
  background: 'transparent',
  font: 'system-ui, sans-serif',
  padding: 4,
  axis: {
    ...chartConfig.axis,
    labelColor: INK,
    titleColor: INK,
    gridColor: INK,
    gridOpacity: 0.14,
    domainColor: INK,
    domainOpacity: 0.5,
    tickColor: INK,
    tickOpacity: 0.5,
    labelFontSize: 12,
    titleFontSize: 13,
    labelLimit: 160,
    labelFlush: true,
  },
  view: { stroke: null },
};

/** A chart in a figure of the page, drawn as SVG without ever evaluating text as code. */
export class Chart {
  readonly #place: HTMLElement;
  readonly #view: View;
  #rows: readonly Row[] = [];
  #pointed = -1;

  /** @param place an empty element within a figure that also has a `.readout` */
  constructor(place: HTMLElement, spec: TopLevelSpec) {
    this.#place = place;
    // Not told to Vega-Lite, which takes fitting of the width alone amiss where the height is a number of steps.
    const fitted: Spec = { ...compile({ ...spec, config }).spec, autosize: { type: 'fit-x', contains: 'padding' } };
    this.#view = new View(parse(fitted, undefined, { ast: true }), {
      renderer: 'svg',
      container: place,
      expr: expressionInterpreter,
      tooltip: (_handler, event, _item, value) => showTip(event, typeof value === 'string' ? value : ''),
    });
    place.tabIndex = 0;
    place.onkeydown = (event) => this.#step(event);
    new ResizeObserver(() => this.#fit()).observe(place);
  }

  /** Shows these rows and no others. */
  async show(rows: readonly Row[], others: Readonly<Record<string, readonly Row[]>> = {}): Promise<void> {
    this.#rows = rows;
    this.#pointed = -1;
    this.#view.data(ROWS, [...rows]);
    for (const [name, values] of Object.entries(others)) this.#view.data(name, [...values]);
    this.#view.width(this.#place.clientWidth);
    await this.#view.runAsync();
  }

  close(): void {
    this.#view.finalize();
    this.#place.replaceChildren();
  }

  #fit(): void {
    const width = this.#place.clientWidth;
    if (width === 0 || width === this.#view.width()) return;
    this.#view.width(width).runAsync();
  }

  /** Arrow keys read the chart's data one by one. */
  #step(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || this.#rows.length === 0) return;
    event.preventDefault();
    const { length } = this.#rows;
    this.#pointed = this.#pointed < 0 ? (step > 0 ? 0 : length - 1) : (this.#pointed + step + length) % length;
    const readout = this.#place.closest('figure')?.querySelector('.readout');
    const tip = this.#rows[this.#pointed]?.tip ?? '';
    if (readout) readout.textContent = `${this.#pointed + 1} of ${length}: ${tip.replaceAll('\n', '; ')}`;
  }
}

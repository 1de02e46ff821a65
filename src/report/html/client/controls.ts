import type { PageData, PageScenario } from '../page-data.ts';
import { all, element } from './page.ts';
import type { PageState, RiskMeasure, SweepMetric } from './state.ts';

const RISKS: readonly RiskMeasure[] = ['std', 'cvar95'];
const METRICS: readonly SweepMetric[] = ['mean', 'std', 'cvar95', 'certainty_equivalent', 'difference'];

/** What has changed: data that charts show, or what they are of, so that they are made anew. */
export type Change = 'rows' | 'scenario' | 'specs';

/** Makes the page's controls work; `changed` is told of every change of the state. */
export function wireControls(state: PageState, changed: (change: Change) => void): void {
  for (const box of all('#toggles input', HTMLInputElement)) {
    box.onchange = () => {
      if (box.checked) state.hidden.delete(Number(box.value));
      else state.hidden.add(Number(box.value));
      changed('rows');
    };
  }
  const sliders = all('#sliders input', HTMLInputElement);
  for (const slider of sliders) {
    slider.oninput = () => {
      const positions = sliders.map((one) => Number(one.value));
      const { found, isExact } = scenarioAt(state.data, positions);
      if (found === undefined) return;
      state.scenario = found;
      for (const [i, one] of sliders.entries()) tellValue(one, state.data, positions[i] ?? 0);
      element('slider-note').textContent = isExact
        ? ''
        : 'The sweep leaves this combination out; the nearest one is shown.';
      changed('scenario');
    };
  }
  onChoice('risk-measure', RISKS, (risk) => {
    state.risk = risk;
    changed('specs');
  });
  onChoice('sweep-metric', METRICS, (metric) => {
    state.metric = metric;
    changed('specs');
  });
  onChoice(
    'recorded-path',
    state.data.paths.map((_, i) => String(i)),
    (choice) => {
      state.recorded = Number(choice);
      changed('specs');
    },
  );
  const paths = state.data.axes.map(({ path }) => path);
  onChoice('sweep-axis', paths, (path) => {
    state.axis = paths.indexOf(path);
    changed('specs');
  });
}

/** The scenario at the positions of the sliders, or the nearest one. */
function scenarioAt(
  { scenarios, isGrid }: PageData,
  positions: readonly number[],
): { readonly found: PageScenario | undefined; readonly isExact: boolean } {
  if (!isGrid) return { found: scenarios[positions[0] ?? 0], isExact: true };
  const distance = ({ point }: PageScenario): number =>
    point.reduce((sum, value, i) => sum + Math.abs(value - (positions[i] ?? 0)), 0);
  const [found] = scenarios.toSorted((a, b) => distance(a) - distance(b));
  return { found, isExact: found !== undefined && distance(found) === 0 };
}

function tellValue(slider: HTMLInputElement, { axes, isGrid, scenarios }: PageData, position: number): void {
  const text = isGrid
    ? (axes[Number(slider.dataset['axis'])]?.values[position] ?? '')
    : `${position + 1} of ${scenarios.length}`;
  slider.setAttribute('aria-valuetext', text);
  const output = slider.parentElement?.querySelector('output');
  if (output) output.textContent = text;
}

/** Makes a select box say what is shown. */
export function showChoice(id: string, choice: string | undefined): void {
  const box = document.getElementById(id);
  if (box instanceof HTMLSelectElement && choice !== undefined) box.value = choice;
}

function onChoice<T extends string>(id: string, choices: readonly T[], chosen: (choice: T) => void): void {
  const box = document.getElementById(id);
  if (!(box instanceof HTMLSelectElement)) return;
  box.onchange = () => {
    const choice = choices.find((one) => one === box.value);
    if (choice !== undefined) chosen(choice);
  };
}

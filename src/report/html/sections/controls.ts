import { html, type Markup, NOTHING } from '../html.ts';
import type { PageData } from '../page-data.ts';

/** A check box for each strategy, which is the charts' legend as well. */
export function togglesHtml({ strategies }: PageData): Markup {
  const boxes = strategies.map(
    ({ name, colour, shape }, i) => html`<label><input type="checkbox" value="${i}" checked>
<svg class="swatch" viewBox="-1.3 -1.3 2.6 2.6" aria-hidden="true"><path fill="${colour}" d="${SYMBOLS[shape] ?? ''}"/></svg>
<span>${name}</span></label>
`,
  );
  return html`<fieldset id="toggles"><legend>Strategies in the charts</legend>${boxes}</fieldset>`;
}

/** The symbols of the charts. */
const SYMBOLS: Readonly<Record<string, string>> = {
  circle: 'M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z',
  square: 'M-.9,-.9H.9V.9H-.9Z',
  'triangle-up': 'M0,-1L1.05,.8H-1.05Z',
  diamond: 'M0,-1.15L1.15,0L0,1.15L-1.15,0Z',
  cross: 'M-.4,-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z',
  'triangle-down': 'M0,1L1.05,-.8H-1.05Z',
};

/** A slider for each swept path, or one over the scenarios where these are no grid; none where nothing is swept. */
export function slidersHtml({ axes, isGrid, scenarios }: PageData): Markup {
  const [first] = scenarios;
  if (axes.length === 0 || first === undefined) return NOTHING;
  const sliders = isGrid
    ? axes.map(({ path, values }, i) =>
        slider(i, path, values.length, first.point[i] ?? 0, values[first.point[i] ?? 0] ?? ''),
      )
    : [slider(0, 'scenario', scenarios.length, 0, `1 of ${scenarios.length}`)];
  return html`<fieldset id="sliders"><legend>Scenario</legend>${sliders}
<p id="slider-note" class="hint" role="status"></p></fieldset>`;
}

function slider(axis: number, name: string, values: number, position: number, text: string): Markup {
  const id = `slider-${axis}`;
  return html`<div class="slider"><label for="${id}"><code>${name}</code></label>
<input type="range" id="${id}" data-axis="${axis}" min="0" max="${values - 1}" step="1" value="${position}" aria-valuetext="${text}">
<output for="${id}">${text}</output></div>
`;
}

export function chooser(
  id: string,
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
): Markup {
  return html`<p class="choice needs-script" hidden><label for="${id}">${label}</label> <select id="${id}">${options.map(
    (option) => html`<option value="${option.value}">${option.label}</option>`,
  )}</select></p>
`;
}

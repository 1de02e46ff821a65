import { html, Markup, NOTHING } from '../report/html/html.ts';
import { pageHead } from '../report/html/page-head.ts';
import { strategyColours } from '../report/plots/theme.ts';
import { version } from '../util/version.ts';
import { EXPLORE_STYLE } from './explore-style.ts';
import { GRID_INTERVALS } from './market.ts';
import { STRATEGIES } from './messages.ts';
import { lastPosition, PARAMETERS, type Parameter, PRESETS } from './parameters.ts';

/** The bundled scripts of the page and of its workers. */
export interface ExploreScripts {
  readonly page: string;
  readonly worker: string;
}

/**
 * The explore page: one HTML document that needs nothing else and asks for nothing. Its policy lets the browser run only the
 * script and the style whose hashes it names, and workers made of text that the page holds.
 */
export function renderExplore({ page, worker }: ExploreScripts): string {
  const head = pageHead({
    title: 'mm-batch explore: optimal quotes and the exact law of their PnL',
    script: page,
    style: EXPLORE_STYLE,
    allowed: ['worker-src blob:'],
  });
  return html`<!doctype html>
<html lang="en" data-state="computing">
${head}
<body>
<a class="skip" href="#results">Skip to the results</a>
<header><h1>Explore a market maker</h1>
<p>Move a slider: optimal quotes (<code>hjb</code>) and one constant distance (<code>constant</code>), with the exact law of
what each earns. Nothing is sampled and nothing leaves this page.</p></header>
<main class="columns">
<section class="panel" aria-labelledby="parameters"><h2 id="parameters">Market and maker</h2>
<div class="presets" role="group" aria-label="Start from">${PRESETS.map(
    ({ id, name }) => html`<button type="button" data-preset="${id}">${name}</button>`,
  )}</div>
${PARAMETERS.map(control)}
<p id="status" role="status">This page needs JavaScript and a browser that runs it in workers.</p>
</section>
<div class="results" id="results">
${figures()}
${charts()}
${config()}
</div>
</main>
<footer><p>Written by mm-batch ${version}. The page works offline and connects to nowhere.</p></footer>
<div id="tip" role="presentation" hidden></div>
<script type="text/plain" id="worker">${new Markup(worker)}</script>
<script>${new Markup(page)}</script>
</body>
</html>
`.text;
}

function control(parameter: Parameter): Markup {
  const { key, symbol, meaning, unit, least, most, spacing, nullable } = parameter;
  const from = spacing === 'zero-log' ? 0 : least;
  return html`<div class="parameter"><label for="number-${key}"><var>${symbol}</var> ${meaning}</label>
<input type="number" id="number-${key}" min="${from}" max="${most}" step="${spacing === 'whole' ? '1' : 'any'}" aria-describedby="unit-${key}">
<input type="range" id="slider-${key}" min="0" max="${lastPosition(parameter)}" step="1" aria-label="${symbol}, ${meaning}">
<span class="unit" id="unit-${key}">${unit}</span>${
    nullable
      ? html`
<span class="free"><label><input type="checkbox" id="free-${key}"> no bound<span class="unseen"> for ${symbol}</span></label></span>`
      : NOTHING
  }</div>
`;
}

function figures(): Markup {
  return html`<section aria-labelledby="figures-heading"><h2 id="figures-heading">What they earn</h2>
<p id="failure" role="alert" hidden></p>
<div class="notice" id="bounds" hidden><p id="bounds-text"></p><p><button type="button" id="lift">Lift the bounds</button></p></div>
<div class="scrolling result" role="region" aria-label="Figures of each strategy" tabindex="0">
<table class="figures"><caption>Exact law of PnL at T, marked to market, in price units × units</caption>
<thead><tr><th scope="col">figure</th>${STRATEGIES.map((name) => html`<th scope="col">${key(name)}</th>`)}<th scope="col">hjb − constant</th></tr></thead>
<tbody id="figures"></tbody></table></div>
<p class="hint">θ(0, 0) of the HJB equation: <strong id="theta">…</strong>. It is the certainty equivalent that hjb maximises:
what the maker, risk-averse by γ and after the terminal cost φq², holds the whole horizon to be worth.</p>
</section>`;
}

function charts(): Markup {
  return html`<section aria-labelledby="charts-heading"><h2 id="charts-heading">Quotes and laws</h2>
<p class="hint">${STRATEGIES.map(key)} In a chart, the arrow keys read its values one by one.</p>
<div class="charts">
${figure(
  'quotes',
  'Quotes by inventory',
  'Distance of bid (▼, solid) and ask (▲, dotted) from the mid at the chosen time.',
  html`<div class="time"><label for="time">time</label><input type="range" id="time" min="0" max="${GRID_INTERVALS}" step="1" value="0"><output id="time-value" for="time"></output></div>`,
)}
${figure('surface', 'Quote surface of hjb', 'Distance of the bid over time and inventory; the ask is its mirror image: δa(t, q) = δb(t, −q).')}
${figure('density', 'PnL at T', 'Density of PnL before the terminal cost.', html`<p class="hint" id="atoms"></p>`)}
${figure('inventory', 'Inventory at T', 'Probability of each inventory at the horizon.')}
</div></section>`;
}

function figure(id: string, title: string, caption: string, more: Markup = NOTHING): Markup {
  return html`<figure class="result" aria-labelledby="title-${id}"><h3 id="title-${id}">${title}</h3>
<figcaption>${caption}</figcaption>
<div class="chart" id="chart-${id}" role="group" aria-label="${title}"></div>
<p class="readout" role="status"></p>${more}</figure>`;
}

function config(): Markup {
  return html`<section aria-labelledby="config-heading"><h2 id="config-heading">Take it along</h2>
<p>A config of what is shown. <code>mm-batch exact explored.yaml</code> gives the figures above; <code>mm-batch run
explored.yaml</code> simulates them.</p>
<div class="config"><pre id="yaml" role="region" aria-label="Config" tabindex="0"></pre>
<p class="copying"><button type="button" id="copy">Copy as YAML</button> <span id="copied" role="status"></span></p></div>
</section>`;
}

const COLOURS = strategyColours(STRATEGIES);

/** A strategy's name with its line, as charts draw it. */
function key(name: string): Markup {
  const dashes = name === 'constant' ? html` stroke-dasharray="7 4"` : NOTHING;
  return html`<span class="key"><svg aria-hidden="true" viewBox="0 0 30 10"><line x1="0" y1="5" x2="30" y2="5" stroke="${
    COLOURS.get(name) ?? ''
  }" stroke-width="3"${dashes}/></svg>${name}</span>`;
}

import { STYLE } from '../report/html/style.ts';

/** The style of reports, and what only this page has: the sliders beside the results, below them on a phone. */
export const EXPLORE_STYLE = `${STYLE}
header, main, footer { max-width: 1320px; }
.columns { display: grid; grid-template-columns: minmax(300px, 350px) minmax(0, 1fr); gap: 1.2rem 2.4rem; align-items: start; }
.panel { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: .9rem 4px 1rem 2px; }
.panel h2 { margin: 0 0 .4rem; }
.presets { display: flex; flex-wrap: wrap; gap: .35rem; margin: .4rem 0 .7rem; }
.presets button { font-size: .85rem; }
.parameter { display: grid; grid-template-columns: minmax(0, 1fr) 7.4rem; gap: .05rem .7rem; align-items: center;
  padding: .34rem 0; border-bottom: 1px solid var(--line); }
.parameter label { font-size: .92rem; }
.parameter var { font-weight: 700; font-style: normal; margin-right: .25rem; }
.parameter .unit { grid-column: 2; color: var(--soft); font-size: .76rem; white-space: nowrap; }
.parameter input[type="range"] { width: 100%; margin: 0; min-height: 26px; }
.parameter .free { grid-column: 1; }
.free label { display: inline-flex; align-items: center; gap: .35rem; min-height: 26px; }
input[type="number"] { font: inherit; font-size: .95rem; width: 100%; padding: .12rem .4rem; border: 1px solid var(--soft);
  border-radius: 5px; background: var(--paper); color: var(--ink); font-variant-numeric: tabular-nums; }
input[type="number"]:disabled { opacity: .45; }
input[type="number"][aria-invalid="true"] { outline: 2px solid var(--wrong); }
input.unused { opacity: .4; }
:root { --wrong: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --wrong: #ff9d94; } }
button { cursor: pointer; min-height: 30px; }
button:hover:enabled { background: var(--shade); }
#status { min-height: 1.5em; margin: .6rem 0 .2rem; font-weight: 600; }
[data-state="invalid"] #status, #failure { color: var(--wrong); }
.result { transition: opacity .15s .25s; }
.result[aria-busy="true"], [data-state="invalid"] .result { opacity: .55; }
.results h2:first-child { margin-top: .9rem; }
.key { display: inline-flex; align-items: center; gap: .35rem; margin-right: .9rem; white-space: nowrap; }
.key svg { width: 30px; height: 10px; flex: none; }
.pending { color: var(--soft); }
.chart { min-height: 264px; }
.time { display: flex; align-items: center; gap: .6rem; margin-top: .2rem; font-size: .92rem; }
.time input { flex: 1 1 auto; min-width: 0; }
.time output { min-width: 5.5em; }
.config { max-width: 34rem; }
@media (max-width: 860px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .panel { position: static; max-height: none; }
}
@media (max-width: 720px) {
  .figures { font-size: .85rem; }
  .figures th, .figures td { padding: .3rem .3rem; }
  .figures .key { margin: 0; }
  .figures .key svg { display: none; }
}
@media print { .panel button, .panel input[type="range"], .copying { display: none; } }
`;

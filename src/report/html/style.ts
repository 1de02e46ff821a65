/** How the page looks: light, dark, on a phone and on paper. Contrasts are at least 4.5 : 1 for text, 3 : 1 for what is operated. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1d2126; --soft: #545b64; --line: #d5d9de; --shade: #f4f6f8;
  --link: #0b57a4; --focus: #0b57a4; --answer: #eef5fb; --notice: #fff6e0; --notice-line: #b77900; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e8eaed; --soft: #a9b1bb; --line: #3a4149;
  --shade: #1e2329; --link: #8cc2f5; --focus: #8cc2f5; --answer: #182735; --notice: #2e2612; --notice-line: #d9a032; } }
@media print { :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --soft: #333333; --line: #bbbbbb; --shade: #ffffff;
  --link: #000000; --answer: #ffffff; --notice: #ffffff; --notice-line: #555555; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.4rem 0 .7rem; font-size: 1.35rem; }
h3 { margin: 0 0 .2rem; font-size: 1.05rem; }
p { margin: .5rem 0; max-width: 75ch; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .9em; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .8rem 0 0; padding: 0; list-style: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 8px; padding: 6px 10px; background: var(--paper); z-index: 3; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.meta, .hint, figcaption, caption, footer { color: var(--soft); font-size: .9rem; }
.answer { padding: .6rem 1.1rem; border-left: 5px solid var(--link); border-radius: 4px; background: var(--answer); }
.answer p { font-size: 1.08rem; }
.notice { padding: .6rem 1rem; border-left: 5px solid var(--notice-line); border-radius: 4px; background: var(--notice); }
.warnings li { margin: .5rem 0; padding: .5rem .9rem; border-left: 5px solid var(--notice-line); background: var(--notice); list-style: none; }
.warnings { padding: 0; }
.scrolling { position: relative; overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: .3rem 0; text-align: left; }
th, td { padding: .32rem .8rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; }
th[scope="row"] { text-align: left; font-weight: 500; }
thead th:first-child { text-align: left; }
.figures td, .figures th[scope="row"] { white-space: nowrap; }
.figures tbody tr:hover { background: var(--shade); }
.best { font-weight: 700; }
.parameters { display: grid; grid-template-columns: repeat(auto-fill, minmax(152px, 1fr)); gap: .1rem 1.6rem; margin: .4rem 0 .8rem;
  font-size: .9rem; }
.parameters div { display: flex; justify-content: space-between; gap: .5rem; border-bottom: 1px solid var(--line); }
.parameters dd { margin: 0; font-variant-numeric: tabular-nums; }
.controls { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; padding: .5rem 0;
  background: var(--paper); border-bottom: 1px solid var(--line); }
fieldset { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.2rem; min-width: 0; margin: 0; padding: 0; border: 0; }
legend { float: left; margin-right: .6rem; padding: 0; font-weight: 600; }
#toggles label { display: inline-flex; align-items: center; gap: .35rem; min-height: 28px; cursor: pointer; min-width: 0; overflow-wrap: anywhere; }
input[type="checkbox"] { width: 18px; height: 18px; margin: 0; accent-color: var(--link); }
.swatch { flex: none; width: 16px; height: 16px; }
.slider { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .1rem .5rem; min-height: 28px; }
input[type="range"] { width: 150px; accent-color: var(--link); }
output { min-width: 3.2em; font-variant-numeric: tabular-nums; font-weight: 600; }
select, button { font: inherit; font-size: .95rem; padding: .2rem .5rem; max-width: 100%; border: 1px solid var(--soft); border-radius: 5px;
  background: var(--paper); color: var(--ink); }
.choices { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.choice { min-width: 0; max-width: 100%; margin: .2rem 0; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2rem 2.2rem; margin-top: 1rem; }
figure { margin: 0; min-width: 0; }
.wide { grid-column: 1 / -1; }
.chart { min-height: 60px; }
.chart svg { display: block; max-width: 100%; height: auto; }
.readout { margin: 0; font-size: .9rem; font-weight: 600; }
#tip { position: fixed; z-index: 4; max-width: min(340px, 94vw); padding: .45rem .7rem; border: 1px solid var(--line); border-radius: 5px;
  background: var(--paper); color: var(--ink); font-size: .88rem; line-height: 1.4; box-shadow: 0 2px 10px rgb(0 0 0 / .22); pointer-events: none; }
#tip div:first-child { font-weight: 700; overflow-wrap: anywhere; }
details { margin: .6rem 0; }
summary { cursor: pointer; padding: .25rem 0; font-weight: 600; }
.code { position: relative; }
.copy { position: absolute; top: 6px; right: 6px; z-index: 1; }
pre { margin: .3rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 5px; background: var(--shade); min-width: min-content; }
footer { margin-top: 3rem; padding-bottom: 2rem; }
@media (max-width: 720px) {
  body { font-size: 15px; }
  header, main, footer { padding-left: 14px; padding-right: 14px; }
  .charts { grid-template-columns: minmax(0, 1fr); }
  .controls { position: static; }
  .slider { display: flex; width: 100%; }
  .slider label { flex: 1 0 100%; }
  .slider input { flex: 1 1 auto; }
  th, td { padding: .3rem .5rem; }
  .figures th[scope="row"]:first-child { position: sticky; left: 0; background: var(--paper); max-width: 38vw; white-space: normal; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .swatch { forced-color-adjust: none; } }
@media print {
  @page { margin: 14mm; }
  body { font-size: 10.5pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  nav, .skip, #toggles input, #toggles label:not(:has(input:checked)), #sliders, .copy, .readout, .hint.needs-script {
    display: none !important; }
  .controls { position: static; border: 0; }
  .answer, .notice, .warnings li { border: 1px solid var(--line); border-left-width: 4px; }
  figure, tr, .answer { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .scrolling { overflow: visible; }
  .figures { font-size: 8pt; }
  .figures th, .figures td { padding: .15rem .35rem; white-space: normal; overflow-wrap: anywhere; }
  .figures th[scope="row"]:first-child { position: static; max-width: none; white-space: normal; }
}
`;

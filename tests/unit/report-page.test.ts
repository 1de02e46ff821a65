import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SUMMARY_COLUMNS } from '../../src/aggregate/metrics/index.ts';
import { buildPageData, MOST_CELLS } from '../../src/report/html/build-page-data.ts';
import { html, jsonForScript } from '../../src/report/html/html.ts';
import { readStoredRun } from '../../src/report/html/read-run.ts';
import { renderPage } from '../../src/report/html/render-page.ts';
import { readRunTables } from '../../src/report/read/run-tables.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the CSVs of a run over points of (x, y); the mean of each is its number. */
async function runOver(points: readonly (readonly [number, number])[]) {
  const header = ['scenario', 'a.x', 'a.y', 'strategy', ...SUMMARY_COLUMNS].join(',');
  const rows = points.map(([x, y], i) => [i, x, y, 'hjb', ...SUMMARY_COLUMNS.map((name) => (name === 'mean' ? i : 1))]);
  writeFileSync(path.join(folder, 'summary.csv'), [header, ...rows, ''].join('\n'));
  const pairs = 'scenario,strategy,baseline,mean_difference,se,ci_low,ci_high,correlation,verdict\n';
  writeFileSync(path.join(folder, 'comparisons.csv'), pairs);
  return readStoredRun(folder, await readRunTables(folder));
}

const grid = (n: number, m: number) =>
  Array.from({ length: n * m }, (_, i): [number, number] => [Math.floor(i / m), i % m]);

describe('HTML', () => {
  it('escapes what is put into it, and leaves markup as it is', () => {
    const name = `<b title="x">'&'</b>`;
    expect(html`<p title="${name}">${html`<i>${1}</i>`}${[html`<u></u>`, html`&amp;`]}</p>`.text).toBe(
      '<p title="&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;"><i>1</i><u></u>&amp;</p>',
    );
  });

  it('keeps JSON within its script element, and its values as they are', () => {
    const value = { '</script>': '<!-- <script> ', n: [1.5, null] };
    expect(jsonForScript(value)).not.toContain('<');
    expect(JSON.parse(jsonForScript(value))).toEqual(value);
  });
});

describe('the page', () => {
  it('names the hashes of its script and style, and lets nothing else run', async () => {
    const script = 'console.log("hello")';
    const page = renderPage(await runOver([[1, 2]]), script, 'a run');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page.match(/ (style|on\w+)="/g)).toBeNull();
    expect(page.match(/(src|href)="(?!#)/g)).toBeNull();
    expect(page).toContain('<title>a run: report</title>');
  });

  it('says what it cannot know without a manifest', async () => {
    const page = renderPage(await runOver([[1, 2]]), '', 'a run');
    expect(page).toContain('no manifest.json');
    expect(page).not.toContain('id="reproduce"');
  });
});

describe('the data of the page', () => {
  it('finds its way from sliders to scenarios, whatever their order', async () => {
    const points = grid(3, 2).reverse();
    const { tables } = await runOver(points);
    const { axes, isGrid, scenarios } = buildPageData(tables);
    expect(isGrid).toBe(true);
    expect(axes.map(({ values }) => values)).toEqual([
      ['0', '1', '2'],
      ['0', '1'],
    ]);
    for (const { point, cells, index } of scenarios) {
      expect(point.map((value, i) => Number(axes[i]?.values[value]))).toEqual(points[index]);
      expect(cells[0]?.figures.mean).toBe(index);
    }
  });

  it('gives a zipped sweep one slider, over its scenarios', async () => {
    const { tables } = await runOver([0, 1, 2, 3, 4].map((i): [number, number] => [i, 10 * i]));
    expect(buildPageData(tables).isGrid).toBe(false);
  });

  it('stays within its size', async () => {
    const { tables } = await runOver(grid(MOST_CELLS, 2));
    const data = buildPageData(tables);
    expect(data.scenarios).toHaveLength(MOST_CELLS);
    expect(jsonForScript(data).length).toBeLessThan(500_000);
  });
});

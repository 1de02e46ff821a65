import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { hasChromium, type OpenedPage, openPage, startChromium } from './chromium.ts';

const MARKET = '{sigma: 2.0, A: 140, k: 1.5, T: 1.0, Q_max: 10, scheme: event}';
const MODEL = '{gamma: 0.1, dt: 0.05, delta_min: null, delta_max: null}';
const single = `name: single\npaths: 400\nsimulator: ${MARKET}\nmodel: ${MODEL}\nstrategies: [hjb, constant]\n`;
const sweep = `${single.replace('single', 'swept')}sweep: {simulator.sigma: [1, 2], model.gamma: [0.01, 0.1, 1]}\n`;

const IMAGE = '<img src=x onerror=alert(1)>';
const SCRIPT = '</script><script>alert(2)</script>';
const hostile = `name: hostile
seed: "</title><img src=x onerror=alert(3)>"
paths: 200
simulator: ${MARKET}
model: ${MODEL}
strategies:
  - {type: hjb, name: '${IMAGE}'}
  - {type: constant, name: '${SCRIPT}'}
`;

const folder = temporaryFolder();
const pageOf = (run: string): string => path.join(folder, run, 'report.html');
const rowsOf = (run: string, file: string): Record<string, string>[] =>
  z
    .array(z.record(z.string(), z.string()))
    .parse(parse(readFileSync(path.join(folder, run, file), 'utf8'), { columns: true }));

describe.skipIf(!hasChromium)('report.html in Chromium', () => {
  let browser: BrowserContext;

  beforeAll(async () => {
    const runs = { single: [single, '--export-paths'], swept: [sweep], hostile: [hostile] } as const;
    for (const [name, [config, ...flags]] of Object.entries(runs)) {
      writeFileSync(path.join(folder, `${name}.yaml`), config);
      const args = ['run', `${name}.yaml`, '--output-dir', name, '--workers', '0', ...flags];
      const { code, stderr } = await runCli(args, folder);
      expect(code, stderr).toBe(0);
    }
    const { code, stderr } = await runCli(
      'backtest --config single.yaml --n-runs 40 --record 2 --no-plots --workers 0 --output-dir walked'.split(' '),
      folder,
    );
    expect(code, stderr).toBe(0);
    browser = await startChromium();
  }, 120_000);

  async function opened(run: string): Promise<OpenedPage> {
    const one = await openPage(browser, pageOf(run));
    await one.page.waitForSelector('html[data-charts=drawn]', { timeout: 180_000 });
    return one;
  }

  const marks = (page: Page, chart: string, of = 'path'): Promise<number> =>
    page.locator(`[data-chart=${chart}] svg .mark-symbol.role-mark ${of}`).count();
  const figure = (page: Page, row: string): Promise<(string | null)[]> =>
    page
      .locator(`#statistics tr:has(th:text-is("${row}")) data`)
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('value')));
  const widerThanWindow = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

  it('draws every chart without an error, a breach of its policy or a request', async () => {
    const { page, complaints, requests } = await opened('single');
    const charts = await page
      .locator('.chart')
      .evaluateAll((all) =>
        all.map((chart) => [chart.getAttribute('data-chart'), chart.querySelectorAll('svg path').length]),
      );
    expect(charts.map(([name]) => name)).toEqual(['spread', 'differences', 'density', 'risk', 'convergence']);
    for (const [name, paths] of charts) expect(paths, `${name}`).toBeGreaterThan(2);
    expect(await page.locator('.chart').count()).toBe(5);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.close();
  });

  it('has a policy that keeps an inserted script from running and a request from leaving', async () => {
    const { page, complaints } = await opened('single');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "breached"';
      document.body.append(script);
    });
    const fetched = await page.evaluate(() => fetch('https://example.invalid/').then(String, () => 'refused'));
    expect(await page.title()).not.toBe('breached');
    expect(fetched).toBe('refused');
    expect(complaints.some((text) => text.includes('script-src'))).toBe(true);
    expect(complaints.some((text) => text.includes('connect-src') || text.includes('default-src'))).toBe(true);
    await page.close();
  });

  it('shows the figures of summary.csv and the sentences that the run prints', async () => {
    const { page } = await opened('single');
    const rows = rowsOf('single', 'summary.csv');
    const columns = {
      'mean PnL': 'mean',
      'std of PnL': 'std',
      '5th percentile': 'p05',
      median: 'p50',
      'fills, mean': 'fills_mean',
    };
    for (const [label, column] of Object.entries(columns)) {
      expect(await figure(page, label)).toEqual(rows.map((row) => row[column]));
    }
    const { stdout } = await runCli(
      ['run', 'single.yaml', '--output-dir', 'again', '--workers', '0', '--no-html'],
      folder,
    );
    const sentences = await page.locator('.answer p').allTextContents();
    expect(sentences.length).toBeGreaterThan(1);
    for (const sentence of sentences) expect(stdout).toContain(sentence);
    await page.close();
  });

  it('hides and shows a strategy in the charts, by keyboard', async () => {
    const { page } = await opened('single');
    expect(await marks(page, 'risk')).toBe(2);
    await page.locator('#toggles input').nth(1).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => marks(page, 'risk')).toBe(1);
    expect(await page.locator('[data-chart=spread] svg').textContent()).not.toContain('constant');
    await page.keyboard.press('Space');
    await expect.poll(() => marks(page, 'risk')).toBe(2);
    await page.close();
  });

  it('tells the figures of a mark to a pointer and to the keyboard', async () => {
    const { page } = await opened('single');
    const [hjb] = rowsOf('single', 'summary.csv');
    const mean = Number(hjb?.['mean']).toFixed(2);
    await page.locator('[data-chart=risk] svg .mark-symbol.role-mark path').first().hover();
    await expect.poll(() => page.locator('#tip').isVisible()).toBe(true);
    expect(await page.locator('#tip').textContent()).toContain(`mean ${mean}`);
    await page.locator('[data-chart=risk]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('figure:has([data-chart=risk]) .readout').textContent()).toMatch(
      new RegExp(`^1 of 2: hjb; mean ${mean}`),
    );
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('figure:has([data-chart=risk]) .readout').textContent()).toMatch(/^2 of 2: constant/);
    await page.close();
  });

  it('tells how many paths are in a bin of the histogram', async () => {
    const { page } = await opened('single');
    const pnl = rowsOf('single', 'paths.csv').filter(({ strategy }) => strategy === 'hjb');
    const area = page.locator('[data-chart=density] svg .mark-area.role-mark').first();
    await area.scrollIntoViewIfNeeded();
    const box = await area.boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) - 4);
    await expect.poll(() => page.locator('#tip').textContent()).toMatch(/^PnL .*hjb: /);
    const text = (await page.locator('#tip').textContent()) ?? '';
    const [, low, high, share] = /^PnL ([\d.]+) to ([\d.]+)hjb: ([\d.]+) % of paths/.exec(text) ?? [];
    const inside = pnl.filter((row) => Number(row['pnl']) >= Number(low) && Number(row['pnl']) < Number(high)).length;
    // The edges are told to four digits, so that a path beside one may count for its neighbour.
    expect(Math.abs((400 * Number(share)) / 100 - inside)).toBeLessThanOrEqual(2);
    expect(inside).toBeGreaterThan(5);
    await page.close();
  });

  it('shows the recorded paths of a backtest, with their fills', async () => {
    const { page, complaints } = await opened('walked');
    const fillsOf = (strategy: string, path: string) =>
      rowsOf('walked', 'trajectories.csv')
        .filter((row) => row['strategy'] === strategy && row['path'] === path)
        .reduce((sum, { fill }) => sum + (fill === '2' ? 2 : Math.abs(Number(fill))), 0);
    // Beside the fills there is a mark to point at for each entry.
    const drawn = (): Promise<number> =>
      page.locator('[data-chart=path] svg .mark-symbol.role-mark').last().locator('path').count();
    expect(await page.locator('#recorded-path option').allTextContents()).toEqual([
      'hjb, path 0',
      'constant, path 0',
      'hjb, path 1',
      'constant, path 1',
    ]);
    expect(await drawn()).toBe(fillsOf('hjb', '0'));
    await page.locator('#recorded-path').selectOption('constant, path 1');
    await expect.poll(drawn).toBe(fillsOf('constant', '1'));
    const [first] = rowsOf('walked', 'trajectories.csv').filter(
      (row) => row['strategy'] === 'constant' && row['path'] === '1',
    );
    await page.locator('[data-chart=path]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('figure:has([data-chart=path]) .readout').textContent()).toContain(
      `mid ${Number(Number(first?.['mid']).toPrecision(7))}`,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('reaches everything that can be operated with Tab, and shows where it is', async () => {
    const { page } = await opened('swept');
    const reached = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const active = document.activeElement;
        const outline = active === null ? '' : getComputedStyle(active).outlineStyle;
        return `${active?.id || active?.getAttribute('data-chart') || active?.getAttribute('value') || active?.tagName}/${outline}`;
      });
      reached.add(at);
    }
    for (const id of [
      'slider-0',
      'slider-1',
      'sweep-metric',
      'sweep-axis',
      'risk-measure',
      'sweep',
      'spread',
      'risk',
    ]) {
      expect(reached).toContain(`${id}/solid`);
    }
    await page.close();
  });

  it('moves through a sweep with its sliders', async () => {
    const { page, complaints } = await opened('swept');
    const rows = rowsOf('swept', 'summary.csv');
    const meansAt = (gamma: string, sigma: string) =>
      rows.filter((row) => row['model.gamma'] === gamma && row['simulator.sigma'] === sigma).map((row) => row['mean']);
    expect(await figure(page, 'mean PnL')).toEqual(meansAt('0.01', '1'));
    // The axis that the box names is the one that is drawn.
    const swept = await page.locator('#sweep-axis').inputValue();
    expect(await page.locator('[data-chart=sweep] svg').textContent()).toContain(`${swept} (`);
    const before = await page.locator('[data-chart=spread] svg').innerHTML();
    await page.locator('#slider-0').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#slider-1').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('output').allTextContents()).toEqual(['2', '1']);
    expect(await page.locator('#slider-1').getAttribute('aria-valuetext')).toBe('1');
    await expect.poll(() => figure(page, 'mean PnL')).toEqual(meansAt('1', '2'));
    await expect.poll(() => page.locator('[data-chart=spread] svg').innerHTML()).not.toBe(before);
    expect(await marks(page, 'sweep')).toBe(6);
    await page.locator('#sweep-axis').selectOption('simulator.sigma');
    await expect.poll(() => marks(page, 'sweep')).toBe(4);
    await page.locator('#sweep-metric').selectOption('difference');
    await expect.poll(() => marks(page, 'sweep')).toBe(2);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('takes the colours of a dark screen, and those of paper in print', async () => {
    const { page } = await opened('single');
    const colours = (): Promise<string[]> =>
      page.evaluate(() => {
        const label = document.querySelector('[data-chart=risk] .role-axis-label text');
        const ink = label === null ? '' : getComputedStyle(label).fill;
        return [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, ink];
      });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await colours()).toEqual(['rgb(255, 255, 255)', 'rgb(29, 33, 38)', 'rgb(29, 33, 38)']);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colours()).toEqual(['rgb(21, 24, 28)', 'rgb(232, 234, 237)', 'rgb(232, 234, 237)']);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await colours()).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(0, 0, 0)']);
    expect(await page.locator('#toggles').isVisible()).toBe(true);
    expect(await page.locator('#toggles input').first().isVisible()).toBe(false);
    await page.close();
  });

  it.each(['single', 'swept', 'hostile'])('fits a phone, paper and a desk: %s', async (run) => {
    const { page } = await opened(run);
    for (const width of [360, 720, 1200]) {
      await page.setViewportSize({ width, height: 780 });
      await expect.poll(() => widerThanWindow(page), { message: `${width} pixels` }).toBe(false);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    await expect
      .poll(() =>
        page.locator('.chart svg').evaluateAll((all) => all.every((svg) => svg.getBoundingClientRect().right <= 360)),
      )
      .toBe(true);
    await page.close();
  });

  it('takes names for nothing but text', async () => {
    const { page, complaints, requests } = await opened('hostile');
    page.on('dialog', (dialog) => {
      throw new Error(`a name ran as code: ${dialog.message()}`);
    });
    expect(await page.locator('main img, main script, main svg [onload]').count()).toBe(0);
    expect(await page.locator('#toggles span').allTextContents()).toEqual([IMAGE, SCRIPT]);
    await page.locator('[data-chart=risk] svg .mark-symbol.role-mark path').first().hover();
    await expect.poll(() => page.locator('#tip').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('#tip img').count()).toBe(0);
    expect([complaints, requests]).toEqual([[], []]);
    await page.close();
  });

  it('is made from the CSVs alone, whatever these hold', async () => {
    const csv = path.join(folder, 'hostile', 'summary.csv');
    writeFileSync(csv, readFileSync(csv, 'utf8').replaceAll(IMAGE, `"${'""><svg onload=alert(4)>'}"`));
    const pairs = path.join(folder, 'hostile', 'comparisons.csv');
    writeFileSync(pairs, readFileSync(pairs, 'utf8').replaceAll(IMAGE, `"${'""><svg onload=alert(4)>'}"`));
    writeFileSync(path.join(folder, 'hostile', 'manifest.json'), '{}');
    const refused = await runCli(['report', 'hostile'], folder);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('manifest.json: cannot be read')]);
    const { rmSync } = await import('node:fs');
    rmSync(path.join(folder, 'hostile', 'manifest.json'));
    const { code, stderr } = await runCli(['report', 'hostile'], folder);
    expect(code, stderr).toBe(0);
    const { page, complaints } = await opened('hostile');
    expect(await page.locator('#toggles span').allTextContents()).toEqual(['"><svg onload=alert(4)>', SCRIPT]);
    expect(await page.locator('[onload]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is structured for a screen reader', async () => {
    const { page } = await opened('swept');
    const found = await page.evaluate(() => {
      const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
      const isNamed = (control: Element): boolean =>
        (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) &&
        (control.labels?.length ?? 0) > 0;
      return {
        language: document.documentElement.lang,
        headings: all('h1, h2, h3').map(({ tagName }) => tagName),
        captionless: all('table').filter((table) => table.querySelector('caption') === null).length,
        scopeless: all('th:not([scope])').length,
        unnamed: all('input, select').filter((control) => !isNamed(control)).length,
        duplicates: all('[id]').length - new Set(all('[id]').map(({ id }) => id)).size,
        dangling: all('[aria-labelledby], [aria-describedby]').filter((one) =>
          [one.getAttribute('aria-labelledby'), one.getAttribute('aria-describedby')].some(
            (id) => id !== null && document.getElementById(id) === null,
          ),
        ).length,
        described: all('[data-chart=risk] [aria-label]').map((mark) => mark.getAttribute('aria-label')),
      };
    });
    expect(found).toMatchObject({
      language: 'en',
      captionless: 0,
      scopeless: 0,
      unnamed: 0,
      duplicates: 0,
      dangling: 0,
    });
    expect(found.headings.filter((tag) => tag === 'H1')).toHaveLength(1);
    expect(found.described.some((label) => label?.startsWith('hjb\nmean '))).toBe(true);
    await page.close();
  });
});

it('writes the same page from the same folder, below 1.5 MB, and none with --no-html', async () => {
  writeFileSync(path.join(folder, 'plain.yaml'), single);
  const { code } = await runCli(
    ['run', 'plain.yaml', '--output-dir', 'plain', '--workers', '0', '--paths', '100'],
    folder,
  );
  expect(code).toBe(0);
  const first = readFileSync(pageOf('plain'));
  expect(first.length).toBeLessThan(1.5e6);
  appendFileSync(pageOf('plain'), 'stale');
  await runCli(['report', 'plain'], folder);
  expect(readFileSync(pageOf('plain')).equals(first)).toBe(true);
  await runCli(['run', 'plain.yaml', '--output-dir', 'plain', '--workers', '0', '--paths', '100', '--no-html'], folder);
  expect(() => readFileSync(pageOf('plain'))).toThrow('ENOENT');
}, 180_000);

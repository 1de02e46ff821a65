import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { marketOf } from '../../src/explore/market.ts';
import { PARAMETERS, PRESETS } from '../../src/explore/parameters.ts';
import { loadExperimentFile } from '../../src/index.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { hasChromium, type OpenedPage, openPage, startChromium } from './chromium.ts';

const folder = temporaryFolder();
const file = path.join(folder, 'explore.html');
const FIGURES = ['mean', 'std', 'p05', 'p50', 'p95', 'cvar95', 'certainty_equivalent', 'fills_mean', 'final_q_std'];

const exactDocument = z.object({
  cells: z.array(z.object({ strategy: z.string(), law: z.record(z.string(), z.unknown()) })),
});
/** What tests/vectors holds of an independent implementation. */
const vector = z.object({
  theta_t0: z.array(z.number()),
  quotes: z.array(z.object({ t: z.number(), bid: z.array(z.number().nullable()) })),
  hjb: z.object({
    event: z.object({ mean: z.number(), std: z.number(), std_q: z.number(), mean_fills: z.number() }),
  }),
});

// Figures of other parameters take seconds on a busy machine, several of them in a test.
describe.skipIf(!hasChromium)('explore.html in Chromium', { timeout: 180_000 }, () => {
  let browser: BrowserContext;

  beforeAll(async () => {
    const { code, stdout, stderr } = await runCli(['explore', '--output', 'explore.html'], folder);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('file://');
    browser = await startChromium();
  });

  const computed = async (page: Page): Promise<void> => {
    await page.waitForSelector('html[data-state=done]', { state: 'attached', timeout: 120_000 });
  };
  const opened = async (): Promise<OpenedPage> => {
    const one = await openPage(browser, file);
    await computed(one.page);
    return one;
  };
  const numbers = (page: Page, selector: string): Promise<number[]> =>
    page.locator(`${selector} data`).evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('value'))));
  /** A line of the table: hjb, constant, their difference. */
  const figure = (page: Page, name: string): Promise<number[]> => numbers(page, `[data-figure=${name}]`);
  const theta = async (page: Page): Promise<number> => (await numbers(page, '#theta'))[0] ?? Number.NaN;
  const yaml = (page: Page): Promise<string> => page.locator('#yaml').innerText();
  const marksOf = (page: Page, chart: string): Promise<number> => page.locator(`#chart-${chart} svg path`).count();

  it('shows without an error or a request what an independent implementation computed', async () => {
    const { page, complaints, requests } = await opened();
    const { theta_t0, hjb } = vector.parse(
      JSON.parse(readFileSync(new URL('../vectors/avellaneda-stoikov-2008.json', import.meta.url), 'utf8')),
    );
    // The vectors have 8 decimals, those of theta and of the quotes 6.
    expect((await figure(page, 'mean'))[0]).toBeCloseTo(hjb.event.mean, 7);
    expect((await figure(page, 'std'))[0]).toBeCloseTo(hjb.event.std, 7);
    expect((await figure(page, 'fills_mean'))[0]).toBeCloseTo(hjb.event.mean_fills, 7);
    expect((await figure(page, 'final_q_std'))[0]).toBeCloseTo(hjb.event.std_q, 7);
    expect(await theta(page)).toBeCloseTo(theta_t0[theta_t0.length >> 1] ?? Number.NaN, 5);
    for (const chart of ['quotes', 'surface', 'density', 'inventory']) {
      expect(await marksOf(page, chart), chart).toBeGreaterThan(20);
    }
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
    expect(complaints).toEqual([]);
    // Workers are made of text that the page holds.
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
    expect(statSync(file).size).toBeLessThan(1.5e6);
    await page.close();
  });

  it('shows at a moved slider the figures of mm-batch exact for the copied config, to the bit', async () => {
    const { page, complaints } = await opened();
    const before = await figure(page, 'cvar95');
    for (const key of ['sigma', 'gamma', 'T']) await page.locator(`#slider-${key}`).press('ArrowRight');
    await page.locator('#free-delta_max').click();
    await page.locator('#number-delta_max').fill('1.1');
    await page.locator('#number-phi').fill('0.02');
    await computed(page);
    const text = await yaml(page);
    expect(text).toContain('delta_max: 1.1');
    expect(text).not.toContain('sigma: 2\n');
    writeFileSync(path.join(folder, 'explored.yaml'), text);
    const validated = await runCli(['validate', 'explored.yaml'], folder);
    expect(validated.code, validated.stderr).toBe(0);
    const { code, stdout, stderr } = await runCli(['exact', 'explored.yaml', '--json'], folder);
    expect(code, stderr).toBe(0);
    const run = await runCli(
      ['run', 'explored.yaml', '--paths', '50', '--no-html', '--output-dir', 'explored'],
      folder,
    );
    expect(run.code, run.stderr).toBe(0);
    const { cells } = exactDocument.parse(JSON.parse(stdout));
    expect(cells.map(({ strategy }) => strategy)).toEqual(['hjb', 'constant']);
    for (const name of FIGURES) {
      expect((await figure(page, name)).slice(0, 2), name).toEqual(cells.map(({ law }) => law[name]));
    }
    const after = await figure(page, 'cvar95');
    expect(after[0]).not.toBe(before[0]);
    // What the maker holds her own optimal quotes to be worth is what the law says they are.
    const [equivalent = Number.NaN] = await figure(page, 'certainty_equivalent');
    expect(Math.abs((await theta(page)) - equivalent)).toBeLessThan(1e-7 * Math.abs(equivalent));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives for each preset a config that means the market that it computes', async () => {
    const { page } = await opened();
    for (const { id, parameters } of PRESETS) {
      await page.locator(`[data-preset=${id}]`).click();
      const config = path.join(folder, `${id}.yaml`);
      writeFileSync(config, await yaml(page));
      const { simulator, model } = (await loadExperimentFile(config)).scenarioAt({});
      expect({ simulator, model }).toEqual(marketOf(parameters));
    }
    await page.close();
  });

  it('shows the published value of GLFT 2013 and the quotes of a later time', async () => {
    const { page } = await opened();
    await page.locator('[data-preset=glft]').click();
    await computed(page);
    expect(await theta(page)).toBeCloseTo(1290.6251, 4);
    const drawn = (): Promise<string> => page.locator('#chart-quotes svg').innerHTML();
    const atStart = await drawn();
    await page.locator('#time').focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('#time-value').innerText()).toBe('t = 600');
    await expect.poll(drawn).not.toBe(atStart);
    await page.close();
  });

  it('says that the bounds of the defaults decide every quote, and lifts them', async () => {
    const { page } = await opened();
    await page.locator('[data-preset=defaults]').click();
    await expect.poll(() => page.locator('#bounds').innerText()).toContain('decides every quote');
    await computed(page);
    expect((await figure(page, 'mean'))[2]).toBe(0);
    await page.locator('#lift').click();
    await computed(page);
    expect(await page.locator('#bounds').isVisible()).toBe(false);
    expect(await yaml(page)).toContain('delta_max: null');
    await page.close();
  });

  it('refuses what is out of range or contradicts itself, and recovers', async () => {
    const { page } = await opened();
    await page.locator('#number-sigma').fill('-1');
    expect(await page.locator('#status').innerText()).toContain('a number from 0.01 to 20');
    expect(await page.locator('#number-sigma').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#copy').isDisabled()).toBe(true);
    await page.locator('#number-sigma').fill('2');
    for (const key of ['delta_min', 'delta_max']) await page.locator(`#free-${key}`).click();
    await page.locator('#number-delta_min').fill('0.9');
    await page.locator('#number-delta_max').fill('0.5');
    expect(await page.locator('#status').innerText()).toContain('exceeds');
    await page.locator('#number-delta_max').fill('2');
    await computed(page);
    expect(await page.locator('#copy').isDisabled()).toBe(false);
    await page.close();
  });

  it('copies the config, or selects it where the clipboard is closed', async () => {
    const { page } = await opened();
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('#copy').click();
    await expect.poll(() => page.locator('#copied').innerText()).toContain('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('#yaml').textContent());
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
    });
    await page.locator('#copy').click();
    await expect.poll(() => page.locator('#copied').innerText()).toContain('selected');
    expect(await page.evaluate(() => String(getSelection()))).toContain('strategies: [hjb, constant]');
    await page.close();
  });

  it('is operable by keyboard and read aloud: every control has a name, every chart its values', async () => {
    const { page } = await opened();
    const snapshot = await page.locator('main').ariaSnapshot();
    for (const { symbol, meaning } of PARAMETERS) {
      expect(snapshot).toContain(`slider "${symbol}, ${meaning}"`);
      expect(snapshot).toContain(`spinbutton "${symbol} ${meaning}"`);
    }
    expect(await page.locator('#slider-sigma').getAttribute('aria-valuetext')).toBe('2 price units / √time');
    await page.locator('#chart-density').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('figure:has(#chart-density) .readout').innerText()).toMatch(/^1 of 362: hjb; PnL /);
    await page.close();
  });

  it('fits a phone, and follows it into dark mode', async () => {
    const { page } = await opened();
    await page.setViewportSize({ width: 360, height: 740 });
    const wider = (): Promise<boolean> =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    await expect.poll(wider).toBe(false);
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
    await page.close();
  });
});

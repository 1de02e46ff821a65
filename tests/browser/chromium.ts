import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

/** Debian's package; CHROMIUM names another one. */
const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(executable);
if (!hasChromium) {
  process.stderr.write(
    `\n*** ${executable} is missing: the tests of the pages are SKIPPED (apt-get install chromium, or set CHROMIUM) ***\n\n`,
  );
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedPage {
  readonly page: Page;
  /** Errors on the console, exceptions, and breaches of the page's policy. */
  readonly complaints: readonly string[];
  /** Whatever the page asked for beside itself. */
  readonly requests: readonly string[];
}

/** A browser with a profile of its own, closed and removed after the file's tests. */
export async function startChromium(): Promise<BrowserContext> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: true,
    args: FLAGS,
    viewport: { width: 1200, height: 900 },
  });
  afterAll(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return browser;
}

/** Opens a file; what goes wrong in it is collected from its first byte on. */
export async function openPage(browser: BrowserContext, file: string): Promise<OpenedPage> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) requests.push(request.url());
    else if (!request.url().endsWith(encodeURI(path.basename(file)))) requests.push(request.url());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(`file://${encodeURI(path.resolve(file))}`);
  return { page, complaints, requests };
}

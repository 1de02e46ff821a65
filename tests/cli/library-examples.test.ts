/** The programs of examples/library and of the documents, run as they are written, against the built package. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { finished, temporaryFolder } from '../support/cli.ts';
import { exactCases } from '../support/exact-cases.ts';

const root = path.resolve(import.meta.dirname, '../..');
const loader = path.join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
const folder = temporaryFolder();
mkdirSync(path.join(folder, 'node_modules'));
symlinkSync(root, path.join(folder, 'node_modules/mm-batch'), 'junction');

async function output(program: string): Promise<string> {
  const { code, stdout, stderr } = await finished(spawn(process.execPath, [loader, program], { cwd: folder }));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

function example(name: string): string {
  copyFileSync(path.join(root, 'examples/library', name), path.join(folder, name));
  return name;
}

/** The blocks of TypeScript below a heading. */
function programs(document: string, heading: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8');
  const section = text.slice(text.indexOf(`## ${heading}\n`)).split(/\n## /)[0] ?? '';
  return [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);
}

const numbers = (text: string): number[] => (text.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);

it('quotes of the model at (t, q)', async () => {
  const exact = JSON.parse(readFileSync(path.join(root, 'tests/vectors/avellaneda-stoikov-2008.json'), 'utf8'));
  const [row] = exact.quotes;
  const [distances, prices] = (await output(example('quotes.ts'))).split('\n');
  // The inventories are −10 … 10, so that q = 2 is at 12; the terminal cost of the example is 0.01, not 0, which T − t hides.
  const [bid, ask] = numbers(distances!).slice(-2);
  expect(Math.abs(bid! - row.bid[12])).toBeLessThan(1e-3);
  expect(Math.abs(ask! - row.ask[12])).toBeLessThan(1e-3);
  const [bidPrice, askPrice] = numbers(prices!).slice(-2);
  expect(bidPrice).toBeCloseTo(100 - bid!, 9);
  expect(askPrice).toBeCloseTo(100 + ask!, 9);
});

it('a Monte Carlo loop over seeds, and a batch', async () => {
  const { mean, std } = exactCases().find(({ name }) => name === 'guide-defaults')!.hjb.stepped.poisson;
  const [one, loop, ...rows] = (await output(example('monte-carlo.ts'))).trim().split('\n');
  expect(one).toMatch(/^PnL -?\d+\.\d{4} in \d+ trades$/);
  const [loopMean, loopError, loopStd] = numbers(loop!);
  expect(Math.abs(loopMean! - mean)).toBeLessThan(4 * loopError!);
  expect(Math.abs(loopStd! / std - 1)).toBeLessThan(0.15);
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const [batchMean, batchError] = numbers(row);
    expect(batchError).toBeCloseTo(std / 100, 3);
    expect(Math.abs(batchMean! - mean)).toBeLessThan(4 * batchError!);
  }
}, 300_000);

it.each([
  ['README.md', 'Use it from code', 'strategy|verdict|inconclusive'],
  ['docs/guide/custom_strategies.md', 'From code', ''],
])(
  '%s, %s',
  async (document, heading, printed) => {
    const [program] = programs(document, heading);
    writeFileSync(path.join(folder, 'document.ts'), program!);
    expect(await output('document.ts')).toMatch(new RegExp(printed));
  },
  300_000,
);

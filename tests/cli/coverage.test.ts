/** Intervals as a user meets them: a thousand runs of other seeds, and how often their intervals hold the exact law's figures. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../support/cli.ts';

const REPLICATIONS = 1000;
const folder = temporaryFolder();
const EXPERIMENT = `paths: 1000
simulator: {sigma: 2, A: 20, k: 1.5, scheme: event, Q_max: 5}
model: {dt: 0.05, delta_min: null, delta_max: null}
strategies: [hjb, constant]
`;
writeFileSync(path.join(folder, 'one.yaml'), EXPERIMENT);
// Thresholds that no run fails: thresholds.csv has the 95 % interval of each figure.
writeFileSync(
  path.join(folder, 'seeds.yaml'),
  `${EXPERIMENT}thresholds: [mean >= -1000, std >= 0, p05 >= -1000, cvar95 <= 1000]
sweep: {seed: {from: 1, to: ${REPLICATIONS}, step: 1}}
`,
);

const law = z.record(z.string(), z.unknown());
const exactDocument = z.object({ cells: z.array(z.object({ strategy: z.string(), law })) });
const rowsOf = (file: string): Record<string, string>[] =>
  parse(readFileSync(path.join(folder, 'out', file), 'utf8'), { columns: true });

it('95 % intervals of mean, std, p05, CVaR and paired differences cover 93 … 97 %', async () => {
  const exact = await runCli(['exact', 'one.yaml', '--json'], folder);
  const { cells } = exactDocument.parse(JSON.parse(exact.stdout));
  const truth = new Map(cells.map((cell) => [cell.strategy, cell.law]));
  const figure = (strategy: string | undefined, metric: string): number => {
    const value = truth.get(strategy ?? '')?.[metric];
    if (typeof value !== 'number') throw new Error(`no exact ${metric} of ${strategy}`);
    return value;
  };
  const { code } = await runCli(['run', 'seeds.yaml', '--output-dir', 'out', '--no-html', '--quiet'], folder);
  expect(code).toBe(0);
  const covered = new Map<string, number>();
  const count = (name: string, row: Record<string, string>, value: number): void => {
    const holds = Number(row['ci_low']) <= value && value <= Number(row['ci_high']);
    covered.set(name, (covered.get(name) ?? 0) + (holds ? 100 / REPLICATIONS : 0));
  };
  for (const row of rowsOf('thresholds.csv')) {
    const [metric = ''] = (row['expression'] ?? '').split(' ');
    count(`${row['strategy']} ${metric}`, row, figure(row['strategy'], metric));
  }
  for (const row of rowsOf('comparisons.csv')) {
    count('difference', row, figure(row['strategy'], 'mean') - figure(row['baseline'], 'mean'));
  }
  expect(covered.size).toBe(2 * 4 + 1);
  // The standard error of such a share is 0.69 %.
  for (const [name, share] of covered) {
    expect(share, name).toBeGreaterThanOrEqual(93);
    expect(share, name).toBeLessThanOrEqual(97);
  }
}, 300_000);

/**
 * The CSV bytes of a run do not depend on the JavaScript engine: Node 20, 22 and 24 have V8 11.3, 12.4 and 13.6, whose
 * Math.exp and its like need not agree. The machine's own Node is the reference; the others come from npm's `node`
 * package, and where that cannot be fetched the test is skipped with a note.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from '../support/cli.ts';

const execute = promisify(execFile);
const folder = temporaryFolder();
const FILES = ['summary.csv', 'comparisons.csv', 'paths.csv'];
/** A first fetch of a Node takes tens of seconds. */
const FETCH_TIMEOUT = 300_000;

const engines = path.join(folder, 'engines.yaml');
writeFileSync(
  engines,
  `name: engines
seed: engines
paths: 600
simulator: {sigma: 2, mu: 0.3, A: 140, k: 1.5, dt: 0.005, Q_max: 6, q0: 2, drawdown_dt: 0.05}
model: {phi: 0.02, delta_min: null, delta_max: null}
strategies: [hjb, constant, {type: inventory_aware, half_spread: 0.1, skew: 0.06}, avellaneda_stoikov, symmetric]
sweep:
  simulator.scheme: [stepped, event]
  variance_reduction: [none, control, antithetic]
`,
);
/** Binomial prices, linear fills, a risk-neutral model, bounds that bind, quotes through the mid. */
const others = path.join(folder, 'others.yaml');
writeFileSync(
  others,
  `name: others
seed: 0
paths: 100
simulator: {sigma: 1.5, A: 60, k: 1.5, dt: 0.005, Q_max: 6, order_size: 0.5, midprice: binomial, fill: linear}
model: {running: 0.05, phi: 0.2, delta_min: -0.2, delta_max: 0.9}
strategies: [hjb, {type: constant, half_spread: -0.1}, avellaneda_stoikov]
sweep:
  model.gamma: [0, 0.3]
`,
);

/** Runs both experiments on one Node; returns the files' texts in a fixed order. */
async function report(node: string, label: string): Promise<string[]> {
  const texts: string[] = [];
  for (const config of [engines, others]) {
    const output = path.join(folder, `${label}-${path.basename(config)}`);
    await execute(node, [cli, 'sweep', config, '--output-dir', output, '--export-paths', 'csv', '--quiet']);
    texts.push(...FILES.map((file) => readFileSync(path.join(output, file), 'utf8')));
  }
  return texts;
}

/** The binary of a major version from npm's package, or why it cannot be had. */
async function fetchNode(major: number): Promise<{ readonly binary: string } | { readonly missing: string }> {
  try {
    const program = 'console.log(JSON.stringify([process.execPath, process.versions.node]))';
    const args = ['--yes', '--prefer-offline', '-p', `node@${major}`, 'node', '-e', program];
    const { stdout } = await execute('npx', args, { cwd: folder, timeout: FETCH_TIMEOUT });
    const [binary, version]: string[] = JSON.parse(stdout);
    if (binary === undefined || version?.split('.')[0] !== String(major)) return { missing: `got Node ${version}` };
    return { binary };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

describe('the CSV bytes of a run', () => {
  let reference: readonly string[] = [];
  beforeAll(async () => {
    reference = await report(process.execPath, 'own');
  });

  it('are those of all schemes, strategies and variance reductions', () => {
    const [summary = '', , paths = ''] = reference;
    expect(summary.trimEnd().split('\n')).toHaveLength(1 + 6 * 5);
    expect(paths.trimEnd().split('\n')).toHaveLength(1 + 6 * 5 * 600);
  });

  const own = Number(process.versions.node.split('.')[0]);
  const majors = [20, 22, 24].filter((major) => major !== own);
  it.for(majors)(
    `are the same on Node %i as on Node ${own}`,
    { timeout: FETCH_TIMEOUT + 60_000 },
    async (major, { skip }) => {
      const fetched = await fetchNode(major);
      if ('missing' in fetched) {
        console.warn(`NOT TESTED on Node ${major}, which cannot be fetched from npm: ${fetched.missing}`);
        return skip('cannot be fetched from npm');
      }
      const texts = await report(fetched.binary, `node-${major}`);
      texts.forEach((text, i) => {
        // Not toEqual: a difference of megabytes would be printed.
        expect(text === reference[i], `${i < FILES.length ? 'engines' : 'others'} ${FILES[i % FILES.length]}`).toBe(
          true,
        );
      });
    },
  );
});

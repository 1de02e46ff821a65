/**
 * Several assets against moments and certainty equivalents without sampling (fixtures/make-portfolio.py): 20,000 paths,
 * tolerance 4 standard errors, fixed seed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/aggregate/summary.ts';
import { runColumns, strategyOf } from '../support/run-columns.ts';

interface Moments {
  readonly mean: number;
  readonly std: number;
}

interface PortfolioCase {
  readonly name: string;
  readonly gamma: number;
  readonly half_spread: number;
  readonly skew: number;
  readonly correlation: readonly (readonly number[])[];
  readonly assets: readonly Readonly<Record<string, number>>[];
  readonly T: number;
  readonly dt: number;
  readonly event: Moments & { readonly assets: readonly AssetMoments[] };
  readonly stepped: Moments & { readonly assets: readonly AssetMoments[] };
  readonly certainty_equivalent: number;
}

interface AssetMoments extends Moments {
  readonly mean_q: number;
  readonly std_q: number;
}

const PATHS = 20_000;
const cases: PortfolioCase[] = JSON.parse(readFileSync(new URL('fixtures/portfolio.json', import.meta.url), 'utf8'));

function experimentOf({ gamma, half_spread, skew, correlation, assets, T, dt }: PortfolioCase, scheme: string) {
  return {
    paths: PATHS,
    seed: 42,
    simulator: { T, dt, scheme },
    model: { gamma, phi: 0, running: 0 },
    correlation,
    assets: assets.map(({ phi, running, ...simulator }, i) => ({ name: `A${i}`, simulator, model: { phi, running } })),
    strategies: [{ type: 'inventory_aware', half_spread, skew, name: 'linear' }],
  };
}

function checkMoments(summary: Summary, exact: Moments, what: string): void {
  within(summary.mean, exact.mean, summary.mean_se, `mean of ${what}`);
  within(summary.std, exact.std, summary.std_se, `std of ${what}`);
}

function within(estimate: number, exact: number, se: number, what: string): void {
  expect(Math.abs(estimate - exact), `${what}: ${estimate} against ${exact}, se ${se}`).toBeLessThan(4 * se + 1e-9);
}

describe.each(cases)('$name', (exact) => {
  it.each(['event', 'stepped'] as const)(
    '%s scheme',
    async (scheme) => {
      const { result } = strategyOf(await runColumns(experimentOf(exact, scheme)), 'linear');
      checkMoments(result.summary, exact[scheme], 'the portfolio');
      expect(result.assets.map(({ asset }) => asset)).toEqual(exact.assets.map((_, i) => `A${i}`));
      result.assets.forEach(({ asset, summary }, i) => {
        const own = exact[scheme].assets[i]!;
        checkMoments(summary, own, asset);
        within(summary.final_q_mean, own.mean_q, own.std_q / Math.sqrt(PATHS), `final q of ${asset}`);
        // Inventories between bounds have lighter tails than the normal law of this standard error.
        within(summary.final_q_std, own.std_q, own.std_q / Math.sqrt(2 * PATHS), `std of the final q of ${asset}`);
      });
      if (scheme === 'event') {
        const { certainty_equivalent, certainty_equivalent_se } = result.summary;
        within(certainty_equivalent, exact.certainty_equivalent, certainty_equivalent_se, 'certainty equivalent');
      }
    },
    180_000,
  );
});

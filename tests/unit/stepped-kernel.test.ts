/** The stepped kernel: what its bytes decide, paths whatever block they are in, and the control variate under drift. */
import { describe, expect, it } from 'vitest';
import type { VarianceReduction } from '../../src/config/experiment.ts';
import { byteBand } from '../../src/simulate/stepped/byte-band.ts';
import { meanOf } from '../support/event-rule.ts';
import { market, modelOf, simulate, strategy } from '../support/simulate.ts';

/** round(p·2^32) − 2^31, cut at the largest word. */
const wordBelow = (p: number): number => Math.min(Math.round(p * 2 ** 32), 2 ** 32 - 1) - 2 ** 31;

/** What fills at a signed word: 1 = bid, 2 = ask, 3 = both. */
function fillsAt(word: number, bidBelow: number, bothFrom: number, askAbove: number): number {
  if (word < bidBelow) return word >= bothFrom ? 3 : 1;
  return word > askAbove ? 2 : 0;
}

describe('the first byte of a fill word', () => {
  const shares = [0, 1e-9, 0.003, 1 / 256, 0.05, 0.3, 0.5, 0.77, 1 - 1 / 256, 1 - 1e-9, 1];
  it.each(shares.flatMap((p) => shares.map((r) => [p, r] as const)))('decides rightly at p = %d, r = %d', (p, r) => {
    const bidBelow = wordBelow(p);
    const bothFrom = wordBelow(p * (1 - r));
    const askAbove = -1 - wordBelow(r * (1 - p));
    const band = byteBand(bidBelow, bothFrom, askAbove);
    const span = (band >> 9) & 511;
    let undecided = 0;
    for (let byte = 0; byte < 256; byte++) {
      const off = byte - (band & 511);
      const lowest = fillsAt(byte * 2 ** 24 - 2 ** 31, bidBelow, bothFrom, askAbove);
      const highest = fillsAt((byte + 1) * 2 ** 24 - 1 - 2 ** 31, bidBelow, bothFrom, askAbove);
      // Fills change with the word at three thresholds at most: none between the ends of a byte where these agree.
      const decided = off >= 0 && off < span ? 0 : off < -(band >> 18) ? 1 : off > span ? 2 : undefined;
      if (decided === undefined) undecided++;
      else expect([lowest, highest], `byte ${byte}`).toEqual([decided, decided]);
    }
    // Three thresholds, and the bytes in which both sides may fill, p·r of all.
    expect(undecided).toBeLessThanOrEqual(4 + 256 * p * r);
  });
});

describe('the control variate', () => {
  it.each(['stepped', 'event'] as const)('differs from PnL by a martingale under drift: %s', async (scheme) => {
    // Steps that the inventory of 8 takes long strides back in: μ dt E[q₀ − q_T] = 1.6 tells inventory before from after fills.
    const simulator = { ...market, scheme, mu: 10, sigma: 0.5, dt: 0.02, q0: 8 };
    const spec = strategy('inventory_aware', { half_spread: 0.745, skew: 0.06 });
    const { columns } = await simulate(simulator, modelOf(simulator), spec, 20_000, 42, 'control');
    const { mean, se } = meanOf(columns.pnl.map((pnl, path) => pnl - columns.meanEstimator![path]!));
    expect(se).toBeLessThan(0.1);
    expect(Math.abs(mean)).toBeLessThan(4 * se);
  });

  it.each(['stepped', 'event'] as const)('leaves the other columns as they are, in the %s scheme', async (scheme) => {
    const simulator = { ...market, scheme, mu: 0.4, q0: 1 };
    const of = async (reduction: VarianceReduction) =>
      (await simulate(simulator, modelOf(simulator), strategy('hjb'), 300, 42, reduction)).columns;
    const plain = await of('none');
    const { meanEstimator, ...controlled } = await of('control');
    expect(meanEstimator).toBeDefined();
    expect(controlled.pnl).toEqual(plain.pnl);
    expect(controlled.integralQ2).toEqual(plain.integralQ2);
    expect(controlled.fills).toEqual(plain.fills);
    expect(controlled.maxDrawdown).toEqual(plain.maxDrawdown);
  });
});

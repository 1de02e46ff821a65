import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { solveHjb } from '../../src/solve/hjb-grid.ts';
import { solveJointHjb } from '../../src/solve/joint/joint-hjb.ts';
import { createJointQuoteReader } from '../../src/solve/joint/joint-quotes.ts';
import { createQuoteReader } from '../../src/solve/quotes.ts';
import { unbounded } from './fixtures/solve-models.ts';

const base = { ...unbounded, Q_max: 5, dt: 0.1 };
const other = { ...base, sigma: 1, A: 60, k: 2.5, Q_max: 4 };

const cases: [string, number, ModelParameters, ModelParameters][] = [
  ['unbounded', 0, { ...base, mu: 0.5, phi: 0.3 }, other],
  [
    'bounded, order sizes 2 and 0.5',
    0,
    { ...base, order_size: 2, Q_max: 9, delta_min: 0.1, delta_max: 0.9, phi: 0.05 },
    { ...other, order_size: 0.5, Q_max: 2, delta_min: 0, delta_max: 0.5, phi: 0.4, running: 0.3 },
  ],
  [
    'fee, impact and a maximum only',
    0,
    { ...base, maker_fee: 0.1, impact: 0.05, order_size: 0.5, Q_max: 2, delta_max: 1 },
    { ...other, maker_fee: -0.05, impact: 0.02 },
  ],
  // Without risk aversion the correlation of the prices does not matter.
  [
    'risk-neutral, correlated',
    0.7,
    { ...base, gamma: 0, running: 0.1, delta_min: 0.1, delta_max: 0.9 },
    { ...other, gamma: 0, order_size: 2, running: 0.02, phi: 0.1, mu: -0.4 },
  ],
  ['one asset without risk, correlated', -0.9, { ...base, sigma: 0, phi: 0.2 }, other],
  ['terminal cost whose exponent overflows', 0, { ...base, phi: 1e4 }, { ...other, phi: 300, delta_max: 1 }],
  ['one asset without inventory', 0.5, { ...base, Q_max: 0.5 }, { ...other, delta_min: 0.2, delta_max: 0.8 }],
];

describe('separable: the joint solution is the sum of the two of one asset', () => {
  it.each(cases)('%s', (_name, correlation, first, second) => {
    const joint = createJointQuoteReader(solveJointHjb([first, second], correlation));
    const alone = [first, second].map((model) => {
      const grid = solveHjb(model);
      const vector = () => new Float64Array(grid.inventories.length);
      return { reader: createQuoteReader(grid), theta: vector(), bid: vector(), ask: vector() };
    });
    const [a, b] = alone;
    if (a === undefined || b === undefined) throw new Error('two assets');
    const columns = b.theta.length;
    const vector = () => new Float64Array(a.theta.length * columns);
    const theta = vector();
    const quotes = { bid1: vector(), ask1: vector(), bid2: vector(), ask2: vector() };
    for (const t of [0, 0.4567, 0.9, 0.9975, 1 - 1e-9, 1, 2]) {
      joint.theta(t, theta);
      joint.quotes(t, quotes);
      for (const { reader, theta: own, bid, ask } of alone) {
        reader.theta(t, own);
        reader.quotes(t, bid, ask);
      }
      let worst = 0;
      for (let s = 0; s < theta.length; s++) {
        const [i, j] = [Math.floor(s / columns), s % columns];
        const sum = a.theta[i]! + b.theta[j]!;
        worst = Math.max(worst, Math.abs(theta[s]! - sum) / Math.max(1, Math.abs(sum)));
        worst = Math.max(worst, gap(quotes.bid1[s]!, a.bid[i]!), gap(quotes.ask1[s]!, a.ask[i]!));
        worst = Math.max(worst, gap(quotes.bid2[s]!, b.bid[j]!), gap(quotes.ask2[s]!, b.ask[j]!));
      }
      expect(worst).toBeLessThan(1e-9);
    }
  });
});

/** No quote on both sides is no gap; quotes that a steep terminal cost drives far away count relative to themselves. */
function gap(x: number, y: number): number {
  return x === y ? 0 : Math.abs(x - y) / Math.max(1, Math.abs(y));
}

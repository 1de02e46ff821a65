/** The joint quotes of two assets: independent assets, and certainty equivalents against θ(0, q0) of the joint grid. */
import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { solveJointHjb } from '../../src/solve/joint/joint-hjb.ts';
import { runColumns, strategyOf } from '../support/run-columns.ts';

const simulator = { sigma: 2, A: 30, k: 1.5, Q_max: 4, scheme: 'event', q0: 1 };
const model = { gamma: 0.4, phi: 0.05, running: 0.02, delta_min: null, delta_max: null };
const assets = [
  { name: 'X', simulator: { q0: 2 } },
  { name: 'Y', simulator: { sigma: 3, k: 1, A: 20, order_size: 0.5, Q_max: 2, q0: 1 }, model: { phi: 0.2 } },
];
const experiment = { seed: 42, simulator, model, assets };

/** θ(0, q0) of the two assets above. */
function valueAt(correlation: number): number {
  const common = { mu: 0, T: 1, maker_fee: 0, impact: 0, dt: 0.01, ...model };
  const models: [ModelParameters, ModelParameters] = [
    { ...common, sigma: 2, A: 30, k: 1.5, Q_max: 4, order_size: 1 },
    { ...common, sigma: 3, A: 20, k: 1, Q_max: 2, order_size: 0.5, phi: 0.2 },
  ];
  const { theta } = solveJointHjb(models, correlation);
  // Nine inventories each: 2 is number 6 of −4 … 4, and 1 is number 6 of −2, −1.5 … 2.
  return theta[9 * 6 + 6]!;
}

describe('joint_hjb of independent assets', () => {
  it.each([
    ['that are', { correlation: 0 }, {}],
    ['that the maker takes for such', { correlation: 0.8 }, { correlation: 0 }],
  ])(
    '%s is hjb asset by asset',
    async (_name, market, params) => {
      const strategies = ['hjb', { type: 'joint_hjb', ...params }];
      for (const scheme of ['event', 'stepped']) {
        const changes = { simulator: { ...simulator, scheme, dt: 0.01 }, paths: 2000, strategies };
        const run = await runColumns({ ...experiment, ...market, ...changes });
        const [hjb, joint] = [strategyOf(run, 'hjb'), strategyOf(run, 'joint_hjb')];
        // Both are read between tabulated times, to 1e-5/k, and so fill alike but for one path in many.
        const unlike = Array.from(hjb.columns.pnl).filter((pnl, i) => Math.abs(pnl - joint.columns.pnl[i]!) > 0.01);
        expect(unlike.length).toBeLessThan(20);
        const { certainty_equivalent: ce } = hjb.result.summary;
        expect(Math.abs(ce - joint.result.summary.certainty_equivalent)).toBeLessThan(0.01);
      }
    },
    180_000,
  );
});

describe('joint_hjb of correlated assets', () => {
  it.each([-0.8, 0.8])(
    'earns θ(0, q0), which quotes of independent assets do not: correlation %d',
    async (correlation) => {
      const run = await runColumns({ ...experiment, paths: 30_000, correlation, strategies: ['hjb', 'joint_hjb'] });
      const joint = strategyOf(run, 'joint_hjb').result.summary;
      const hjb = strategyOf(run, 'hjb').result.summary;
      const exact = valueAt(correlation);
      const { certainty_equivalent: ce, certainty_equivalent_se: se } = joint;
      expect(Math.abs(ce - exact), `${ce} against ${exact}, se ${se}`).toBeLessThan(4 * se);
      expect(hjb.certainty_equivalent).toBeLessThan(exact - 3 * hjb.certainty_equivalent_se);
    },
    120_000,
  );

  it('stops at the limits of the strategy and at the bound of its model', async () => {
    const limited = { type: 'joint_hjb', one_sided_at: 1, name: 'limited' };
    const narrow = { type: 'joint_hjb', model: { Q_max: 1 }, name: 'narrow' };
    const small = { ...experiment, simulator: { ...simulator, q0: 0 }, assets: [{ name: 'X' }, { name: 'Y' }] };
    const run = await runColumns({ ...small, paths: 300, correlation: 0.5, strategies: [limited, narrow] });
    for (const name of ['limited', 'narrow']) {
      for (const asset of strategyOf(run, name).columns.assets ?? []) expect(Math.max(...asset.maxAbsLots)).toBe(1);
    }
  });
});

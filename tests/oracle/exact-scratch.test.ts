import { it } from 'vitest';
import { exactLaw } from '../../src/exact/exact-law.ts';
import { exactCases } from '../support/exact-cases.ts';
import { eventLaws } from '../support/event-law.ts';

const laws = new Map(eventLaws().map((l) => [l.case, l]));
it('x', () => {
  for (const c of exactCases()) {
    for (const [type, params] of [['hjb', {}], ['constant', { half_spread: c.constant.half_spread }]] as const) {
      for (const [scheme, fill] of [['event', 'poisson'], ['stepped', 'poisson'], ['stepped', 'linear']] as const) {
        const ref: any = scheme === 'event' ? c[type].event : c[type].stepped[fill];
        if (ref === undefined) continue;
        const law: any = scheme === 'event' ? laws.get(c.name)?.[type] : fill === 'poisson' ? c[type].stepped.poisson_law : undefined;
        const strategy = { type, name: type, params } as any;
        const scenario = { simulator: { ...c.simulator, scheme, fill }, model: c.model, strategies: [strategy], paths: 10, seed: 1 } as any;
        const begun = performance.now();
        let e: any;
        try { e = exactLaw({ scenario, strategy }); } catch (x) { console.log(c.name, type, scheme, fill, x); continue; }
        const ms = performance.now() - begun;
        const d = (a: number, b: number) => ((a - b) / Math.max(1, Math.abs(b))).toExponential(1);
        console.log(c.name, type, scheme, fill, `${ms.toFixed(0)} ms`, 'mean', d(e.mean, ref.mean), 'std', d(e.std, ref.std), 'q', d(e.final_q_mean, ref.mean_q), d(e.final_q_std, ref.std_q), 'fills', d(e.fills_mean, ref.mean_fills), 'q2', ref.mean_int_q2 && d(e.integral_q2_mean, ref.mean_int_q2), 'CE', e.certainty_equivalent, 'terms', e.terms, 'unc', e.uncertainty.toExponential(1));
        if (law) console.log('    law', ['p05', 'p50', 'p95', 'cvar'].map((k) => `${k} ${(e[k === 'cvar' ? 'cvar95' : k] - law[k]).toExponential(1)}`).join(' '), law.uncertainty ?? '');
      }
    }
  }
}, 200000);

import { z } from 'zod';
import { ConfigError } from '../../util/errors.ts';
import { definePolicy } from '../policy.ts';
import { defineStrategy, type StrategyContext } from '../strategy.ts';
import { type PolicyFile, readPolicyFile } from './policy-file.ts';
import { PolicyNetwork } from './policy-network.ts';

const params = z.strictObject({
  policy: z.string().min(1).describe('policy file that `train` wrote, relative to the experiment file'),
});

/** A policy that was learnt to quote by time and inventory (`mm-batch train`; Schulman et al. 2017), without exploration. */
export const ppo = defineStrategy({
  type: 'ppo',
  summary: 'a policy learnt by proximal policy optimisation, of time and inventory',
  params,
  files: ['policy'],
  createRule: (_params, context) => {
    const policy = policyOf(context);
    const others = policy.observation.filter(({ feature }) => feature !== 'time' && feature !== 'inventory');
    if (others.length > 0) {
      const seen = others.map(({ feature }) => feature).join(' and ');
      throw new ConfigError(
        `strategy ppo: the policy looks at ${seen}, not time and inventory alone (use type: ppo_pathwise)`,
      );
    }
    const network = new PolicyNetwork(policy);
    const horizon = horizonOf(policy);
    const distances = new Float64Array(2);
    return {
      timeDependent: policy.observation.some(({ feature }) => feature === 'time'),
      fillRow(t, inventories, bid, ask) {
        for (let j = 0; j < inventories.length; j++) {
          const time = Math.min(t, horizon);
          network.quote({ time, inventory: inventories[j]!, price: 0, return: 0 }, distances);
          bid[j] = distances[0]!;
          ask[j] = distances[1]!;
        }
      },
    };
  },
});

/** The same for any observation: the price and its latest move too, which makes the scenario walk along the price path. */
export const ppoPathwise = definePolicy({
  type: 'ppo_pathwise',
  summary: 'a policy learnt by proximal policy optimisation, of the price too',
  params,
  files: ['policy'],
  createPolicy(_params, context) {
    const policy = policyOf(context);
    const network = new PolicyNetwork(policy);
    const horizon = horizonOf(policy);
    let last = Number.NaN;
    return {
      start() {
        last = Number.NaN;
      },
      quote(t, q, S, out) {
        const move = Number.isNaN(last) ? 0 : S - last;
        last = S;
        network.quote({ time: Math.min(t, horizon), inventory: q, price: S, return: move }, out);
      },
    };
  },
});

function policyOf({ source }: StrategyContext): PolicyFile {
  if (source === undefined) throw new Error('a ppo strategy needs the file of its policy');
  return readPolicyFile(source.file);
}

/** The horizon that the policy was trained to; it quotes as at its end afterwards. */
function horizonOf({ observation }: PolicyFile): number {
  return observation.find(({ feature }) => feature === 'time')?.scale ?? Number.POSITIVE_INFINITY;
}

import { z } from 'zod';
import { createJointQuoteReader } from '../solve/joint/joint-quotes.ts';
import type { JointDefinition } from './joint-rule.ts';
import { limitDistance } from './quote-limits.ts';

const params = z.strictObject({
  correlation: z
    .number()
    .min(-1)
    .max(1)
    .optional()
    .describe('what the maker believes the correlation of the two midprices to be; default: correlation'),
});

/**
 * The optimal quotes of two assets with correlated prices (Guéant, "Optimal market making", Appl. Math. Finance 24, 2017), for the
 * risk aversion of the scenario's model: each quote depends on time and on both inventories.
 */
export const jointHjb: JointDefinition = {
  type: 'joint_hjb',
  summary: 'optimal quotes of two assets with correlated prices, from the joint HJB grid at model.gamma (Guéant 2017)',
  params,
  needsGrid: true,
  assets: 2,
  createRule(given, { portfolio, models: [first, second], limits, solve }) {
    const { correlation = portfolio.correlation[1]?.[0] } = params.parse(given);
    if (first === undefined || second === undefined || correlation === undefined) {
      throw new RangeError('joint_hjb: expected two assets');
    }
    portfolio.assets.forEach(({ name, simulator }, i) => {
      const believed = i === 0 ? first : second;
      if (believed.order_size === simulator.order_size) return;
      throw new RangeError(
        `joint_hjb: asset ${name} trades lots of ${simulator.order_size}, its model lots of ${believed.order_size}; ` +
          'the joint grid needs one lattice',
      );
    });
    const grid = solve([first, second], correlation);
    const reader = createJointQuoteReader(grid);
    const [q1, q2] = grid.inventories;
    const { T } = first;
    return {
      reaches: [(q1.length - 1) / 2, (q2.length - 1) / 2],
      fillLattice(t, out) {
        reader.quotes(Math.min(t, T), out);
        if (limits === undefined) return;
        for (let s = 0; s < out.bid1.length; s++) {
          const first = q1[Math.floor(s / q2.length)]!;
          const second = q2[s % q2.length]!;
          out.bid1[s] = limitDistance(limits, out.bid1[s]!, first);
          out.ask1[s] = limitDistance(limits, out.ask1[s]!, -first);
          out.bid2[s] = limitDistance(limits, out.bid2[s]!, second);
          out.ask2[s] = limitDistance(limits, out.ask2[s]!, -second);
        }
      },
    };
  },
};

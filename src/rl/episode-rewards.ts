import { centralMoments, standardErrorOfMean } from '../aggregate/moments.ts';
import type { Scenario, StrategySpec } from '../config/experiment.ts';
import { latticeInventories, latticeOf } from '../simulate/lattice.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import { policyOf, strategies } from '../strategies/index.ts';
import type { PathPolicy, PolicyRandom } from '../strategies/policy.ts';
import type { QuoteRule, StrategyContext } from '../strategies/strategy.ts';
import { rlOf, scenarioEnv } from './env/settings.ts';

/** The total reward of episodes of the environment, in its discrete time, with its standard error. */
export interface EpisodeRewards {
  readonly strategy: string;
  readonly episodes: number;
  readonly total_reward: number;
  readonly total_reward_se: number;
  /** Of the first strategy, path by path, less this one's. */
  readonly reward_difference: number;
  readonly reward_difference_se: number;
}

/** Inventories of a table without a bound. */
const MAX_WIDTH = 1001;

/**
 * Plays the same episodes, paths 0 … of the seed, with each of the scenario's strategies; strategies that draw random numbers
 * or are loaded from modules are left out.
 */
export async function episodeRewards(scenario: Scenario, episodes: number): Promise<EpisodeRewards[]> {
  const { simulator, model } = scenario;
  // Quotes outside the action range are played as they are, so market orders must go as far through the mid as they do.
  const through_mid = simulator.through_mid ?? 1 / model.k;
  // Strategies are held against each other up to the horizon, also where episodes of the training are cut off.
  const rl = { ...rlOf(scenario), max_episode_steps: null };
  const { createEpisode } = scenarioEnv({ ...scenario, simulator: { ...simulator, through_mid }, rl });
  const totals: { readonly strategy: string; readonly rewards: Float64Array }[] = [];
  for (const strategy of scenario.strategies) {
    const policy = await quoter(scenario, strategy);
    if (policy === undefined) continue;
    const episode = createEpisode(scenario.seed);
    const distances = new Float64Array(2);
    const rewards = new Float64Array(episodes);
    for (let path = 0; path < episodes; path++) {
      episode.start(path);
      policy.start();
      let total = 0;
      while (!episode.terminated) {
        policy.quote(episode.time, episode.inventory, episode.mid, distances);
        episode.advance(distances[0]!, distances[1]!);
        total += episode.reward;
      }
      rewards[path] = total;
    }
    totals.push({ strategy: strategy.name, rewards });
  }
  const [first] = totals;
  if (first === undefined) return [];
  return totals.map(({ strategy, rewards }) => {
    const moments = centralMoments(rewards);
    const difference = centralMoments(rewards.map((reward, i) => first.rewards[i]! - reward));
    return {
      strategy,
      episodes,
      total_reward: moments.mean,
      total_reward_se: standardErrorOfMean(moments),
      reward_difference: difference.mean,
      reward_difference_se: standardErrorOfMean(difference),
    };
  });
}

async function quoter(scenario: Scenario, strategy: StrategySpec): Promise<PathPolicy | undefined> {
  const { simulator } = scenario;
  const { limits, source, params } = strategy;
  const model = strategy.model ?? scenario.model;
  const context: StrategyContext = { simulator, model, limits, source, grid: () => solveHjb(model) };
  const definition = strategies.find(({ type }) => type === strategy.type);
  if (definition !== undefined) return tabulated(definition.createRule(params, context), scenario);
  return strategy.type === 'ppo_pathwise'
    ? policyOf(strategy.type)?.createPolicy(params, context, NO_CHANCE)
    : undefined;
}

const NO_CHANCE: PolicyRandom = {
  uniform() {
    throw new Error('a learnt policy draws no random numbers');
  },
  normal() {
    throw new Error('a learnt policy draws no random numbers');
  },
};

/** A rule's rows, one for each time that it is asked for. */
function tabulated(rule: QuoteRule, { simulator }: Scenario): PathPolicy {
  const lattice = latticeOf(simulator, Number.POSITIVE_INFINITY, MAX_WIDTH);
  const inventories = latticeInventories(lattice, simulator.order_size);
  const rows = new Map<number, { readonly bid: Float64Array; readonly ask: Float64Array }>();
  return {
    start() {},
    quote(t, q, _S, out) {
      let row = rows.get(t);
      if (row === undefined) {
        row = { bid: new Float64Array(inventories.length), ask: new Float64Array(inventories.length) };
        rule.fillRow(t, inventories, row.bid, row.ask);
        rows.set(t, row);
      }
      const lots = Math.round(q / simulator.order_size) + lattice.reach;
      out[0] = row.bid[lots]!;
      out[1] = row.ask[lots]!;
    },
  };
}

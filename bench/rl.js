// @ts-check
/**
 * How far PPO is from the exact optimum: trains an experiment's rl: section from several seeds and prints for each the regret
 * without sampling, in continuous time and in the environment's own steps, the slopes of the quotes in the inventory and the
 * processor time. Exit code 1 where the shipped experiment's median regret is above 5 %, or the quotes do not lean against the
 * inventory by 4 standard errors over the seeds.
 *   node bench/rl.js [config] [seeds] [key=value ...]
 */

import { loadExperimentFile } from '../build/src/index.js';
import { rlOf } from '../build/src/rl/env/settings.js';
import { objectiveOf } from '../build/src/rl/objective.js';
import { exactValue, optimumOf, valueOfRule } from '../build/src/rl/optimum.js';
import { Ppo } from '../build/src/rl/ppo/ppo.js';
import { stepOptimum } from '../build/src/rl/step-optimum.js';
import { PolicyNetwork } from '../build/src/strategies/ppo/policy-network.js';

const [config = 'configs/ppo.yaml', count = '5', ...overrides] = process.argv.slice(2);
const file = await loadExperimentFile(config, { overrides });
const rows = [];
for (let seed = 1; seed <= Number(count); seed++) {
  const given = file.scenarioAt({});
  const { reward } = rlOf(given);
  const simulator = { ...given.simulator, scheme: /** @type {const} */ ('event') };
  const scenario = { ...given, index: 0, point: {}, simulator, model: objectiveOf(reward, given.model), seed };
  const optimum = optimumOf(scenario);
  if (!('value' in optimum)) throw new Error(optimum.unknown);
  const ppo = await Ppo.create(scenario);
  const begun = process.cpuUsage();
  const clock = performance.now();
  await ppo.learn();
  const cpu = process.cpuUsage(begun).user / 1e6;
  const network = new PolicyNetwork(ppo.policy());
  const rule = ruleOf(network, simulator.T);
  const value = valueOfRule(simulator, scenario.model, rule);
  const stepValue = valueOfRule({ ...simulator, scheme: 'stepped' }, scenario.model, rule);
  const [bid, ask] = slopes(network, simulator);
  const constant = { type: 'constant', name: 'constant', params: {} };
  rows.push({
    seed,
    timesteps: ppo.timesteps,
    regret: 1 - value / optimum.value,
    step_regret: 1 - stepValue / stepOptimum(scenario),
    constant: 1 - exactValue({ scenario, strategy: constant }) / optimum.value,
    bid_slope: bid,
    ask_slope: ask,
    cpu_seconds: cpu,
    seconds: (performance.now() - clock) / 1000,
  });
  console.log(JSON.stringify(rows.at(-1)));
}
const isShipped = process.argv.length === 2;
for (const name of /** @type {const} */ (['regret', 'step_regret'])) {
  const sorted = rows.map((row) => row[name]).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = 0.5 * (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]);
  console.log(`median ${name} ${median.toFixed(4)}`);
  if (isShipped && !(median <= 0.05)) process.exitCode = 1;
}
if (rows.length > 1) {
  for (const side of /** @type {const} */ (['bid_slope', 'ask_slope'])) {
    const values = rows.map((row) => row[side]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
    const se = Math.sqrt(variance / values.length);
    if (isShipped && !((side === 'bid_slope' ? mean : -mean) > 4 * se)) process.exitCode = 1;
    console.log(`${side} over seeds ${mean.toFixed(4)} ± ${se.toFixed(4)}, t = ${(mean / se).toFixed(1)}`);
  }
}

/**
 * @param {PolicyNetwork} network
 * @param {number} T
 * @returns {import('../build/src/strategies/strategy.js').QuoteRule}
 */
function ruleOf(network, T) {
  const out = new Float64Array(2);
  return {
    timeDependent: true,
    fillRow(t, inventories, bid, ask) {
      inventories.forEach((inventory, j) => {
        network.quote({ time: Math.min(t, T), inventory, price: 0, return: 0 }, out);
        bid[j] = out[0];
        ask[j] = out[1];
      });
    },
  };
}

/**
 * Least-squares slopes of the half spreads in q over inventories −3 … 3 lots and eleven times.
 * @param {PolicyNetwork} network
 * @param {import('../build/src/index.js').SimulatorParameters} market
 */
function slopes(network, { T, order_size, S0 }) {
  const out = new Float64Array(2);
  const sums = /** @type {[number, number]} */ ([0, 0]);
  let squares = 0;
  for (let i = 0; i <= 10; i++) {
    for (let lots = -3; lots <= 3; lots++) {
      const q = lots * order_size;
      network.quote({ time: (i / 10) * T, inventory: q, price: S0, return: 0 }, out);
      sums[0] += q * out[0];
      sums[1] += q * out[1];
      squares += q * q;
    }
  }
  return sums.map((sum) => sum / squares);
}

// A policy learnt by PPO with Stable-Baselines3's names: learn, save, load, play without exploration, and hold it against the
// optimum. `node --import jiti/register examples/library/learn.ts [timesteps] [folder]`
import { createEnv, evaluate, evaluatePolicy, loadPolicy, Ppo } from 'mm-batch';

const [timesteps = '100000', folder = 'models/example'] = process.argv.slice(2);
const market = {
  simulator: { sigma: 0.5, A: 20, k: 1.5, dt: 0.01, Q_max: 5 },
  model: { gamma: 0, running: 0.5, phi: 0.1, delta_min: null, delta_max: null },
};
const env = createEnv({ ...market, reward: 'inventory_penalty', seed: 42 }); // createDefaultEnv for the defaults

const ppo = await Ppo.create(env, {
  learning_rate: 3e-4,
  n_steps: 2048,
  batch_size: 64,
  n_epochs: 10,
  gamma: 0.99,
  gae_lambda: 0.95,
  clip_range: 0.2,
});
await ppo.learn(Number(timesteps), ({ timesteps: done, ep_rew_mean }) => console.log(done, ep_rew_mean));
await ppo.save(`${folder}/policy.json`);

const policy = loadPolicy(`${folder}/policy.json`);
const { observation } = env.reset({ seed: 7 });
console.log('half spreads at t = 0, q = 0:', policy.predict(observation));
const { mean, se } = evaluatePolicy(policy, env, { episodes: 200, seed: 8 });
console.log(`total reward ${mean.toFixed(3)} ± ${se.toFixed(3)} over 200 episodes`);

const experiment = { ...market, paths: 2000, rl: { reward: 'inventory_penalty' }, strategies: ['hjb'] };
const { figures } = await evaluate(experiment, { policy: `${folder}/policy.json`, outputDir: `${folder}/evaluation` });
for (const { strategy, regret, regret_se, exact_regret } of figures.rows) {
  console.log(strategy, 'falls short of the optimum by', regret, '±', regret_se, 'exactly', exact_regret);
}

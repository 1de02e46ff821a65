import path from 'node:path';
import type { Scenario } from '../../config/experiment.ts';
import type { RlParameters } from '../../config/rl-schema.ts';
import { openRunFolder } from '../../report/run-folder.ts';
import { NormalStream, UniformStream } from '../../simulate/random/path-stream.ts';
import { Role } from '../../simulate/random/roles.ts';
import { keyFromSeed } from '../../simulate/random/seed-key.ts';
import { POLICY_FORMAT, POLICY_VERSION, type PolicyFile, policyJson } from '../../strategies/ppo/policy-file.ts';
import { writeFileAtomic } from '../../util/atomic-write.ts';
import { exp } from '../../util/elementary.ts';
import { ConfigError } from '../../util/errors.ts';
import { version } from '../../util/version.ts';
import { MarketMakingEnv } from '../env/market-making-env.ts';
import { type EnvSettings, envSettings, rlOf, scenarioEnv } from '../env/settings.ts';
import { Batches } from './batches.ts';
import type { Learner } from './learner.ts';
import { LOSS_FIGURES } from './loss-figures.ts';
import { CLIP, Normaliser } from './normaliser.ts';
import { initialParameters, layersOf, layoutOf, logStdOf, type ParameterLayout } from './parameters.ts';
import type { PpoState } from './ppo-state.ts';
import { Rollout } from './rollout.ts';
import { createRolloutExecutor, type RolloutExecutor } from './rollout-executor.ts';
import { EpisodeWindow, explainedVariance, type TrainingRow } from './training-row.ts';

/** Share by which an update may overshoot target_kl before it ends, as in Stable-Baselines3. */
const KL_MARGIN = 1.5;

/** Keys of an experiment's `rl:` section, and threads. */
export interface PpoOptions extends Partial<RlParameters> {
  readonly workers?: number;
}

/**
 * Proximal policy optimisation (Schulman et al. 2017) with the names, defaults and details of Stable-Baselines3: a normal
 * policy with a state-independent deviation, actions clipped to their range for the market only, or a categorical one. All
 * random numbers are functions of the seed and of a count, so that a training is the same on every machine, at every number
 * of threads and after every interruption.
 */
export class Ppo {
  readonly settings: EnvSettings;
  readonly rl: RlParameters;
  readonly layout: ParameterLayout;
  /** Steps of all environments so far, at the end of the training, and updates of the policy. */
  timesteps = 0;
  totalTimesteps: number;
  updates = 0;
  readonly #learner: Learner;
  readonly #executor: RolloutExecutor;
  readonly #normaliser: Normaliser;
  readonly #rollout: Rollout;
  readonly #batches: Batches;
  readonly #shuffle: UniformStream;
  readonly #episodes = new EpisodeWindow();
  #steps = 0;

  private constructor(settings: EnvSettings, learner: Learner, layout: ParameterLayout, executor: RolloutExecutor) {
    const { scenario } = settings;
    this.settings = settings;
    this.rl = rlOf(scenario);
    this.layout = layout;
    this.totalTimesteps = this.rl.total_timesteps;
    const { n_envs, gamma, normalize_observations, normalize_rewards } = this.rl;
    this.#learner = learner;
    this.#executor = executor;
    this.#normaliser = new Normaliser(layout.inputs, n_envs, gamma, normalize_observations, normalize_rewards);
    this.#rollout = new Rollout(scenario, this.#normaliser, layout, learner.parameters, executor);
    this.#batches = new Batches(this.#rollout, layout, this.rl.batch_size, this.rl.normalize_advantage);
    this.#shuffle = new UniformStream(keyFromSeed(`${scenario.seed}/ppo`), Role.policyUniform);
  }

  /**
   * A learner at its start.
   * @param where an experiment's scenario, or an environment, of which the learner makes its own copies with the same market,
   *   seed and reward
   * @param options over those keys of `rl:` that are there; `workers`: threads that play, 0 = the calling one, where gradient
   *   steps are taken in any case
   * @throws ConfigError for a wrong key, or batches that do not divide the samples of an update
   */
  static async create(
    where: Scenario | MarketMakingEnv,
    { workers = 0, ...parameters }: PpoOptions = {},
  ): Promise<Ppo> {
    const scenario =
      where instanceof MarketMakingEnv
        ? envSettings({ ...where.options, ...parameters }).scenario
        : { ...where, rl: { ...rlOf(where), ...parameters } };
    const rl = rlOf(scenario);
    const samples = rl.n_envs * rl.n_steps;
    if (samples % rl.batch_size !== 0) {
      throw new ConfigError(`rl.batch_size: expected a divisor of n_envs x n_steps = ${samples}, got ${rl.batch_size}`);
    }
    const settings = scenarioEnv(scenario);
    const layout = layoutOf(settings);
    const normals = new NormalStream(keyFromSeed(`${scenario.seed}/ppo`), Role.latent, Role.latentRejected);
    normals.start(0, false);
    // Loaded on demand: the autodiff library takes longer to load than the rest of the program.
    const { Learner } = await import('./learner.ts');
    const learner = await Learner.create(layout, initialParameters(layout, rl.log_std_init, normals), rl);
    return new Ppo(settings, learner, layout, await createRolloutExecutor(workers));
  }

  /**
   * Trains until all environments together have made so many steps, whole updates at a time.
   * @param onUpdate may throw to stop between two updates
   */
  async learn(
    totalTimesteps: number = this.totalTimesteps,
    onUpdate?: (row: TrainingRow) => void | Promise<void>,
  ): Promise<void> {
    this.totalTimesteps = totalTimesteps;
    while (this.timesteps < totalTimesteps) {
      const row = await this.update();
      await onUpdate?.(row);
    }
  }

  /**
   * Plays n_steps in every environment and takes the gradient steps of one update.
   * @throws ConfigError where the loss is no number any more
   */
  async update(): Promise<TrainingRow> {
    const { rl } = this;
    for (const { reward, pnl, length } of await this.#rollout.collect()) this.#episodes.add(reward, pnl, length);
    this.timesteps += rl.n_envs * rl.n_steps;
    const remaining = Math.max(0, 1 - this.timesteps / this.totalTimesteps);
    const learningRate = rl.learning_rate * (rl.learning_rate_schedule === 'linear' ? remaining : 1);
    const explained = explainedVariance(this.#rollout.values, this.#rollout.returns);
    const losses = this.#learn(learningRate);
    this.updates++;
    const logStd = logStdOf(this.layout, this.#learner.parameters);
    return {
      update: this.updates,
      timesteps: this.timesteps,
      ...this.#episodes.figures(),
      learning_rate: learningRate,
      n_updates: this.#steps,
      ...losses,
      explained_variance: explained,
      std: logStd.reduce((sum, x) => sum + exp(x), 0) / logStd.length,
    };
  }

  /** The mean losses of the gradient steps that were taken. */
  #learn(learningRate: number): Pick<TrainingRow, (typeof LOSS_FIGURES)[number]> {
    const { n_epochs, target_kl } = this.rl;
    const sums = new Float64Array(LOSS_FIGURES.length);
    const klAt = LOSS_FIGURES.indexOf('approx_kl');
    let count = 0;
    this.#shuffle.start(this.updates, false);
    epochs: for (let epoch = 0; epoch < n_epochs; epoch++) {
      this.#batches.shuffle(this.#shuffle);
      for (let batch = 0; batch < this.#batches.count; batch++) {
        const samples = this.#batches.take(batch);
        const gradient = this.#learner.gradient(samples);
        const { figures } = this.#learner;
        for (let f = 0; f < sums.length; f++) sums[f] = sums[f]! + figures[f]!;
        if (!sums.every(Number.isFinite)) {
          const found = `got a loss of no number after ${this.timesteps} timesteps`;
          throw new ConfigError(`rl.learning_rate: expected a training that converges, ${found} (lower it)`);
        }
        count++;
        if (target_kl !== null && figures[klAt]! > KL_MARGIN * target_kl) break epochs;
        this.#learner.apply(gradient, learningRate);
        this.#steps++;
      }
    }
    const [policy_gradient_loss = 0, value_loss = 0, entropy_loss = 0, approx_kl = 0, clip_fraction = 0] = sums.map(
      (sum) => sum / count,
    );
    return { policy_gradient_loss, value_loss, entropy_loss, approx_kl, clip_fraction };
  }

  /** Writes the policy as it stands to a file, its folder included, for `loadPolicy` and the strategy ppo. Throws FileError. */
  async save(file: string): Promise<void> {
    await openRunFolder(path.dirname(file));
    await writeFileAtomic(file, policyJson(this.policy()));
  }

  /** The policy as it stands, without exploration. */
  policy(): PolicyFile {
    const { features, range, scenario } = this.settings;
    const { action_levels: levels } = this.rl;
    const { mean, std } = this.#normaliser.scales;
    const network = layersOf(this.layout, 'policy', this.#learner.parameters).map((layer) => ({
      ...layer,
      weights: Array.from(layer.weights, shortest),
      bias: Array.from(layer.bias, shortest),
    }));
    return {
      format: POLICY_FORMAT,
      version: POLICY_VERSION,
      observation: [...features],
      normalization: { mean: Array.from(mean), std: Array.from(std), clip: CLIP },
      network,
      action: { ...range, ...(levels === null ? {} : { levels }) },
      training: {
        reward: this.rl.reward,
        seed: scenario.seed,
        timesteps: this.timesteps,
        generator: `mm-batch ${version}`,
      },
    };
  }

  /** Everything that the future of the training hangs on. */
  get state(): PpoState {
    const { adam, parameters } = this.#learner;
    return {
      timesteps: this.timesteps,
      updates: this.updates,
      steps: this.#steps,
      parameters,
      adam: { steps: adam.steps, firstMoments: adam.firstMoments, secondMoments: adam.secondMoments },
      normaliser: this.#normaliser.state,
      environments: this.#rollout.environments,
      episodes: this.#episodes.state,
    };
  }

  /** Goes on from another learner's state. */
  restore(state: PpoState): void {
    const { parameters, adam } = this.#learner;
    this.timesteps = state.timesteps;
    this.updates = state.updates;
    this.#steps = state.steps;
    parameters.set(state.parameters);
    adam.restore(state.adam.firstMoments, state.adam.secondMoments, state.adam.steps);
    this.#normaliser.restore(state.normaliser);
    this.#rollout.environments = state.environments;
    this.#episodes.restore(state.episodes);
  }

  /** Ends the worker threads. */
  async close(): Promise<void> {
    await this.#executor.close();
  }
}

/** A single-precision number with as few digits as tell it apart. */
function shortest(x: number): number {
  return Number(x.toPrecision(9));
}

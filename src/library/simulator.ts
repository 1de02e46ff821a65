import { catalogue } from '../catalogue.ts';
import type { ModelParameters, Scenario, SimulatorParameters } from '../config/experiment.ts';
import { checkExperiment } from '../config/load.ts';
import type { WalkCell } from '../simulate/block-request.ts';
import { prepareWalk } from '../simulate/walk/prepare-walk.ts';
import { throughMidOf } from '../simulate/walk/through-mid.ts';
import { createPolicyWalker } from '../simulate/walk/walker.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import type { Policy, PolicyFactory, PolicyParameters } from '../strategies/custom/policy-api.ts';
import { type SimulationResult, simulatePath } from './simulate-path.ts';

/** A simulator's parameters as a config's `simulator:` section takes them, and the seed. */
export interface SimulatorOptions extends Partial<Omit<SimulatorParameters, 'midprice' | 'arrivals' | 'depth'>> {
  /** A name, or its type with parameters. */
  readonly midprice?: string | Readonly<Record<string, unknown>>;
  readonly arrivals?: string | Readonly<Record<string, unknown>>;
  readonly depth?: string | Readonly<Record<string, unknown>>;
  /** What a policy factory is given as `model` and, solved, as `optimalSpreads`. */
  readonly model?: Partial<ModelParameters>;
  readonly seed?: number | string;
}

export interface SimulationOptions {
  /** Which path of the seed; by default the first run takes path 0, the next one path 1 and so on. */
  readonly path?: number;
  /** Keep the whole path. */
  readonly record?: boolean;
  /** What the policy is given, as the `params:` of a config. */
  readonly params?: PolicyParameters;
}

/**
 * One market, simulated path by path with a policy given in code. For thousands of paths over worker threads use
 * `runBatch`; its `custom` strategies simulate the same paths.
 */
export class Simulator {
  readonly #scenario: Scenario;
  readonly #cell: WalkCell;
  #nextPath = 0;
  #grid: HjbGrid | undefined;

  /** @throws ConfigError for a wrong parameter, with all of them named */
  constructor({ seed = 42, model, ...simulator }: SimulatorOptions = {}) {
    const experiment = { seed, simulator, strategies: ['constant'], ...(model === undefined ? {} : { model }) };
    this.#scenario = checkExperiment(experiment, catalogue).scenarioAt({});
    const [strategy] = this.#scenario.strategies;
    if (strategy === undefined) throw new Error('the scenario has no strategy');
    this.#cell = prepareWalk(
      { scenario: this.#scenario, strategy },
      this.#scenario.model,
      throughMidOf(this.#scenario, []),
    );
  }

  /** The market, every default filled in. */
  get parameters(): SimulatorParameters {
    return this.#scenario.simulator;
  }

  /**
   * Simulates one path.
   * @param policy (t, q, S) => [bid, ask] in prices, null for no quote, or a factory that is given a fresh start
   * @throws PathError where the policy throws or its quotes are no prices; the message names the seed key of the path
   */
  runSimulation(
    policy: Policy | PolicyFactory,
    { path = this.#nextPath, record = false, params = {} }: SimulationOptions = {},
  ): SimulationResult {
    this.#nextPath = path + 1;
    const grid = () => {
      this.#grid ??= solveHjb(this.#scenario.model);
      return this.#grid;
    };
    return simulatePath(createPolicyWalker(this.#cell, policy, params, grid), path, record);
  }

  /** The same as `runSimulation`. */
  run(policy: Policy | PolicyFactory, options?: SimulationOptions): SimulationResult {
    return this.runSimulation(policy, options);
  }
}

/** A market with the given parameters, the others at their defaults. Throws ConfigError for a wrong one. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  return new Simulator(options);
}

/** The market with every parameter at its default. */
export function createDefaultSimulator({ seed = 42 }: { readonly seed?: number | string } = {}): Simulator {
  return new Simulator({ seed });
}

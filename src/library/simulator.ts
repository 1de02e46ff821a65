import { catalogue } from '../catalogue.ts';
import type { Scenario, SimulatorParameters } from '../config/experiment.ts';
import { checkExperiment } from '../config/load.ts';
import type { WalkCell } from '../simulate/block-request.ts';
import { allocatePathColumns, viewPathColumns } from '../simulate/results-buffer.ts';
import { walkEvents } from '../simulate/walk/event-walk.ts';
import { PathError } from '../simulate/walk/path-error.ts';
import { prepareWalk } from '../simulate/walk/prepare-walk.ts';
import { Recorder, type Trajectory } from '../simulate/walk/recorder.ts';
import { walkSteps } from '../simulate/walk/stepped-walk.ts';
import { throughMidOf } from '../simulate/walk/through-mid.ts';
import { createPolicyWalker } from '../simulate/walk/walker.ts';
import type { Policy, PolicyFactory } from '../strategies/custom/policy-api.ts';

/** A simulator's parameters as a config's `simulator:` section takes them, and the seed. */
export interface SimulatorOptions extends Partial<Omit<SimulatorParameters, 'midprice' | 'arrivals' | 'depth'>> {
  /** A name, or its type with parameters. */
  readonly midprice?: string | Readonly<Record<string, unknown>>;
  readonly arrivals?: string | Readonly<Record<string, unknown>>;
  readonly depth?: string | Readonly<Record<string, unknown>>;
  readonly seed?: number | string;
}

/** What one path came to. PnL is mark-to-market at T, price units × units. */
export interface SimulationResult {
  readonly finalPnl: number;
  readonly nTrades: number;
  /** Units. */
  readonly finalInventory: number;
  readonly maxAbsInventory: number;
  /** ∫ q² dt. */
  readonly integralQ2: number;
  /** Over the steps, or `drawdown_dt` in the event scheme; undefined where PnL was not monitored. */
  readonly maxDrawdown: number | undefined;
  /** Replays the path: `${seed}/${path}`. */
  readonly seedKey: string;
  /** The whole path, where it was asked for. */
  readonly trajectory?: Trajectory;
}

export interface SimulationOptions {
  /** Which path of the seed; by default the first run takes path 0, the next one path 1 and so on. */
  readonly path?: number;
  /** Keep the whole path. */
  readonly record?: boolean;
}

/**
 * One market, simulated path by path with a policy given in code. For thousands of paths over worker threads use
 * `runBatch`; its `custom` strategies simulate the same paths.
 */
export class Simulator {
  readonly #scenario: Scenario;
  readonly #cell: WalkCell;
  #nextPath = 0;

  /** @throws ConfigError for a wrong parameter, with all of them named */
  constructor({ seed = 42, ...simulator }: SimulatorOptions = {}) {
    this.#scenario = checkExperiment({ seed, simulator, strategies: ['constant'] }, catalogue).scenarioAt({});
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
    { path = this.#nextPath, record = false }: SimulationOptions = {},
  ): SimulationResult {
    const { simulator, seed } = this.#scenario;
    this.#nextPath = path + 1;
    const recorder = record ? new Recorder(simulator.q0 * simulator.S0) : undefined;
    const walker = createPolicyWalker(this.#cell, policy);
    const seedKey = `${seed}/${path}`;
    try {
      walker.start(path);
      (simulator.scheme === 'event' ? walkEvents : walkSteps)(walker, recorder);
    } catch (error) {
      throw new PathError(seedKey, error);
    }
    const maxDrawdown = simulator.scheme === 'stepped' || simulator.drawdown_dt !== null;
    const columns = viewPathColumns(allocatePathColumns(1, { maxDrawdown, meanEstimator: false }));
    walker.account.write(columns, 0);
    return {
      finalPnl: columns.pnl[0]!,
      nTrades: columns.fills[0]!,
      finalInventory: columns.finalLots[0]! * simulator.order_size,
      maxAbsInventory: columns.maxAbsLots[0]! * simulator.order_size,
      integralQ2: columns.integralQ2[0]!,
      maxDrawdown: columns.maxDrawdown?.[0],
      seedKey,
      ...(recorder === undefined ? {} : { trajectory: recorder }),
    };
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

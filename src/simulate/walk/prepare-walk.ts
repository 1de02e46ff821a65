import type { ModelParameters, Scenario, SimulatorParameters, StrategySpec } from '../../config/experiment.ts';
import type { WalkCell } from '../block-request.ts';
import { depthOf } from '../depth/index.ts';
import { type Lattice, latticeOf } from '../lattice.ts';
import { keyFromSeed } from '../random/seed-key.ts';

/** Inventories of a table without an inventory bound. */
const MAX_WIDTH = 1001;

/** Inventories that a table for walks covers. */
export function walkLattice(simulator: SimulatorParameters): Lattice {
  return latticeOf(simulator, Number.POSITIVE_INFINITY, MAX_WIDTH);
}

/**
 * A request for walks by a policy that is made on the thread that walks.
 * @param throughMid as `throughMidOf` gives it for the cell's scenario
 */
export function prepareWalk(
  { scenario, strategy }: { readonly scenario: Scenario; readonly strategy: StrategySpec },
  model: ModelParameters,
  throughMid: number,
): WalkCell {
  const { simulator, seed, variance_reduction } = scenario;
  const lattice = walkLattice(simulator);
  const reach = depthOf(simulator.depth.type).createReach(simulator.depth.params, simulator);
  return {
    scheme: 'walk',
    market: simulator,
    model,
    strategy,
    seed,
    key: keyFromSeed(seed),
    antithetic: variance_reduction === 'antithetic',
    startLots: lattice.start,
    limit: lattice.bounded ? lattice.reach : Number.POSITIVE_INFINITY,
    throughMid,
    ceiling: Number.isFinite(throughMid) ? Math.max(1, reach(-throughMid)) : 1,
    quotes: undefined,
    grid: undefined,
    drivers: undefined,
  };
}

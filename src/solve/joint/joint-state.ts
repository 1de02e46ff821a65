import type { ModelParameters } from '../../config/experiment.ts';
import { createState, readState } from '../inventory-state.ts';
import type { LotModel } from '../lot-model.ts';
import type { JointState } from './extrapolated-split-euler.ts';
import type { JointGridViews, JointProblem } from './joint-layout.ts';
import type { JointLots } from './joint-lots.ts';
import type { JointOde } from './joint-ode.ts';

/**
 * `readState` keeps differences that last longer than e^(−600) of the horizon given to it, and steps would have to start that small.
 * With the horizon this much longer, that is 1e-26 T, still far below the last time before T that a double can hold, T − 1e-16 T.
 */
const HORIZON_FACTOR = 1e234;

/** The rows of a grid as states of the integration: θ less ξ q²/(2z) of each asset (see `LotModel`) and less the middle's. */
export class JointRows {
  private readonly grid: JointGridViews;
  private readonly lots: JointLots;
  /** Σ ξ_i q_i²/(2z_i) at each state. */
  private readonly impact: Float64Array;
  private readonly middle: number;

  constructor(grid: JointGridViews, { lots, states, middle }: JointOde) {
    this.grid = grid;
    this.lots = lots;
    this.middle = middle;
    const first = impactTerm(lots.first);
    const second = impactTerm(lots.second);
    this.impact = Float64Array.from(
      { length: states },
      (_, s) => first[Math.floor(s / second.length)]! + second[s % second.length]!,
    );
  }

  /** Row i of θ, a view. */
  row(i: number): Float64Array {
    const { theta, times } = this.grid;
    const states = theta.length / times.length;
    return theta.subarray(i * states, (i + 1) * states);
  }

  /** Writes −φ1 q1² − φ2 q2² as the last row. */
  writeTerminal(): void {
    const { models, inventories, times } = this.grid;
    const [q1, q2] = inventories;
    const row = this.row(times.length - 1);
    for (let s = 0; s < row.length; s++) {
      const a = q1[Math.floor(s / q2.length)]!;
      const b = q2[s % q2.length]!;
      row[s] = 0 - (models[0].phi * a * a + models[1].phi * b * b);
    }
  }

  /** Reads row i. */
  read(i: number, state: JointState): void {
    const row = this.row(i);
    state.level = row[this.middle]!;
    state.levelError = 0;
    for (let s = 0; s < row.length; s++) state.theta[s] = row[s]! - state.level - this.impact[s]!;
  }

  /**
   * Reads row i to integrate from it: of the last one, what an instant undoes is cut off, along each axis as with one asset.
   * @throws SolveError where the terminal cost is too steep to start from.
   */
  readStart(i: number, state: JointState): void {
    if (i === this.grid.times.length - 1) writeTerminalState(this.grid, this.lots, state);
    else this.read(i, state);
  }

  /** Writes θ of a state. @returns whether all of it is finite. */
  write(state: JointState, out: Float64Array): boolean {
    let finite = true;
    for (let s = 0; s < out.length; s++) {
      out[s] = state.level + state.theta[s]! + this.impact[s]!;
      finite &&= Number.isFinite(out[s]!);
    }
    return finite;
  }
}

export function createJointState({ states }: JointOde): JointState {
  return { theta: new Float64Array(states), level: 0, levelError: 0 };
}

function writeTerminalState({ models }: JointProblem, lots: JointLots, state: JointState): void {
  const first = terminalProfile(models[0], lots.first);
  const second = terminalProfile(models[1], lots.second);
  const columns = second.theta.length;
  for (let s = 0; s < state.theta.length; s++) {
    state.theta[s] = first.theta[Math.floor(s / columns)]! + second.theta[s % columns]!;
  }
  state.level = first.level + second.level;
  state.levelError = 0;
}

/** One asset's −φ q² − ξ q²/(2z) without what an instant undoes, as the middle's value and the rest beside it. */
function terminalProfile(model: ModelParameters, lot: LotModel): { theta: Float64Array; level: number } {
  const { lots, size } = lot;
  const theta = Float64Array.from({ length: 2 * lots + 1 }, (_, i) => {
    const q = (i - lots) * size;
    return 0 - model.phi * q * q;
  });
  const state = createState(lot);
  readState(lot, model.T * HORIZON_FACTOR, theta, state);
  theta[lots] = 0;
  for (let n = lots; n < 2 * lots; n++) theta[n + 1] = theta[n]! + size * state.D[n]!;
  for (let n = lots; n > 0; n--) theta[n - 1] = theta[n]! - size * state.D[n - 1]!;
  return { theta, level: size * state.level };
}

function impactTerm({ lots, size, impact }: LotModel): Float64Array {
  return Float64Array.from({ length: 2 * lots + 1 }, (_, i) => 0.5 * impact * size * (i - lots) * (i - lots));
}

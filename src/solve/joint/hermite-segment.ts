import type { JointState } from './extrapolated-split-euler.ts';
import type { JointOde } from './joint-ode.ts';
import { applyWalk } from './lattice-walk.ts';

/** Where the residual is largest to first order, (1 ± 1/√5)/2, and the middle. */
const PROBES = [0.27639320225002106, 0.5, 0.7236067977499789];

/**
 * θ between two of its states by quintic Hermite interpolation in time: value, θ_τ = F(θ) and θ_ττ = J θ_τ agree at both ends.
 * Vectors are those of θ less the middle's, with the level behind.
 */
export class HermiteSegment {
  private readonly ode: JointOde;
  private duration = 0;
  private readonly start: End;
  private readonly end: End;
  private readonly value: Float64Array;
  private readonly rates: Float64Array;

  constructor(ode: JointOde) {
    this.ode = ode;
    this.start = createEnd(ode.states);
    this.end = createEnd(ode.states);
    this.value = new Float64Array(ode.states + 1);
    this.rates = new Float64Array(ode.states);
  }

  /** @param duration time from start to end. */
  load(start: JointState, end: JointState, duration: number): void {
    this.duration = duration;
    loadEnd(this.ode, start, duration, this.start);
    loadEnd(this.ode, end, duration, this.end);
  }

  /** θ at `elapsed` from the start. */
  read(elapsed: number, state: JointState): void {
    const { states } = this.ode;
    this.interpolate(valueWeights(elapsed / this.duration), this.value);
    for (let s = 0; s < states; s++) state.theta[s] = this.start.value[s]! + this.value[s]!;
    state.level = this.start.value[states]! + this.value[states]!;
    state.levelError = 0;
  }

  /**
   * Of the interpolant's error in any θ: the largest residual P′ − F(P) at three times, times the duration. The integral of the
   * residual bounds the error, as the flow of the equation does not expand the maximum norm (its Jacobian is the generator of a
   * walk). NaN and ∞ are passed on.
   */
  estimateError(): number {
    const { ode, rates, value, start, duration } = this;
    const { states } = ode;
    let worst = 0;
    for (const x of PROBES) {
      this.interpolate(valueWeights(x), value);
      for (let s = 0; s < states; s++) value[s]! += start.value[s]!;
      const levelRate = ode.evaluate(value, rates);
      this.interpolate(slopeWeights(x), value);
      const level = value[states]! - duration * levelRate;
      for (let s = 0; s < states; s++) {
        const residual = Math.abs(value[s]! - duration * rates[s]! + level);
        if (!(residual <= worst)) worst = residual;
      }
    }
    return worst;
  }

  /** The weighted sum of the increment over the segment and both ends' derivatives. */
  private interpolate([step, a1, a2, b2, b1]: Weights, out: Float64Array): void {
    const { start, end } = this;
    for (let i = 0; i < out.length; i++) {
      out[i] =
        step * (end.value[i]! - start.value[i]!) +
        (a1 * start.first[i]! + b1 * end.first[i]!) +
        (a2 * start.second[i]! + b2 * end.second[i]!);
    }
  }
}

/** Value and derivatives times the duration and its square. */
interface End {
  readonly value: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Of the increment, the start's first and second derivative, the end's second and first. */
type Weights = readonly [number, number, number, number, number];

function createEnd(states: number): End {
  return {
    value: new Float64Array(states + 1),
    first: new Float64Array(states + 1),
    second: new Float64Array(states + 1),
  };
}

function loadEnd(ode: JointOde, { theta, level }: JointState, duration: number, { value, first, second }: End): void {
  const { states, middle } = ode;
  value.set(theta);
  value[states] = level;
  first[states] = ode.evaluate(theta, first);
  applyWalk(ode.jacobian, first, second);
  second[states] = second[middle]!;
  for (let s = 0; s < states; s++) second[s]! -= second[states]!;
  for (let i = 0; i <= states; i++) {
    first[i]! *= duration;
    second[i]! *= duration * duration;
  }
}

function valueWeights(x: number): Weights {
  return [
    x * x * x * (10 + x * (-15 + x * 6)),
    x * (1 + x * x * (-6 + x * (8 - x * 3))),
    x * x * (0.5 + x * (-1.5 + x * (1.5 - x * 0.5))),
    x * x * x * (0.5 + x * (-1 + x * 0.5)),
    x * x * x * (-4 + x * (7 - x * 3)),
  ];
}

function slopeWeights(x: number): Weights {
  return [
    x * x * (30 + x * (-60 + x * 30)),
    1 + x * x * (-18 + x * (32 - x * 15)),
    x * (1 + x * (-4.5 + x * (6 - x * 2.5))),
    x * x * (1.5 + x * (-4 + x * 2.5)),
    x * x * (-12 + x * (28 - x * 15)),
  ];
}

import { exp, expm1, log, log1p } from '../../util/elementary.ts';
import { NormalStream, UniformStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';

/** dv = κ(θ − v) dt + ξ√v dB from v0. */
export interface SquareRootParameters {
  readonly kappa: number;
  readonly theta: number;
  readonly xi: number;
  readonly v0: number;
}

/** ψ = variance/mean² above which the law with an atom at 0 is taken; any value in [1, 2] will do (Andersen 2008, 3.2.3). */
const PSI_CRITICAL = 1.5;
/** Variances of v below this are 0: their squares would underflow. */
const NEGLIGIBLE = 1e-280;

/**
 * The square-root diffusion by Andersen's quadratic-exponential scheme (2008, section 3.2): the next v has the exact
 * conditional mean m and variance s²; it is a(b + Z)² where ψ = s²/m² <= 1.5, and otherwise 0 with probability p and
 * exponential beyond.
 */
export class SquareRootVariance {
  /** v. */
  value: number;
  /** The conditional mean m of `value` at the last step, and value − m, free of cancellation. */
  mean = 0;
  surprise = 0;
  readonly #parameters: SquareRootParameters;
  readonly #normals: NormalStream;
  readonly #marks: UniformStream;
  /** Of the step's length h: 1 − e^(−κh), and s² = v · slope + offset (Andersen 2008, eqs. 17 and 18). */
  #reverted = 0;
  #slope = 0;
  #offset = 0;
  /** The law of the last step: a and b² of the quadratic; or, with `exponential`, 1 − p and the rate β. */
  #exponential = false;
  #a = 0;
  #b2 = 0;
  #alive = 0;
  #rate = 0;

  constructor(parameters: SquareRootParameters, key: Key) {
    this.#parameters = parameters;
    this.value = parameters.v0;
    this.#normals = new NormalStream(key, Role.latent, Role.latentRejected);
    this.#marks = new UniformStream(key, Role.latentMark);
  }

  start(path: number, reversed: boolean): void {
    this.value = this.#parameters.v0;
    this.#normals.start(path, reversed);
    this.#marks.start(path, reversed);
  }

  /** Sets the length of the following steps. */
  setLength(h: number): void {
    const { kappa, theta, xi } = this.#parameters;
    const reverted = -expm1(-kappa * h);
    this.#reverted = reverted;
    this.#slope = (xi * xi * exp(-kappa * h) * reverted) / kappa;
    this.#offset = (theta * xi * xi * reverted * reverted) / (2 * kappa);
  }

  /** Goes one step. */
  step(): void {
    const v = this.value;
    const m = v + (this.#parameters.theta - v) * this.#reverted;
    const s2 = v * this.#slope + this.#offset;
    this.mean = m;
    this.#exponential = s2 > PSI_CRITICAL * m * m;
    if (s2 < NEGLIGIBLE) {
      this.#exponential = false;
      this.#a = 0;
      this.#b2 = 0;
      this.surprise = 0;
      this.value = m;
    } else if (this.#exponential) {
      const total = s2 + m * m;
      this.#rate = (2 * m) / total;
      this.#alive = m * this.#rate;
      const rest = 1 - this.#marks.next();
      this.value = rest < this.#alive ? log(this.#alive / rest) / this.#rate : 0;
      this.surprise = this.value - m;
    } else {
      const r = (2 * m * m) / s2;
      this.#b2 = r - 1 + Math.sqrt(r) * Math.sqrt(r - 1);
      this.#a = m / (1 + this.#b2);
      const b = Math.sqrt(this.#b2);
      const Z = this.#normals.next();
      this.value = this.#a * (b + Z) * (b + Z);
      this.surprise = this.#a * (2 * b * Z + (Z * Z - 1));
    }
  }

  /** ln E[e^(A (v' − m))] of the last step (Andersen 2008, section 4.3); NaN where the expectation is infinite. */
  logMoment(A: number): number {
    if (this.#exponential) {
      if (A >= this.#rate) return Number.NaN;
      return log1p((this.#alive * A) / (this.#rate - A)) - A * this.mean;
    }
    const x = A * this.#a;
    if (x >= 0.5) return Number.NaN;
    return (2 * x * x * this.#b2) / (1 - 2 * x) - x - 0.5 * log1p(-2 * x);
  }
}

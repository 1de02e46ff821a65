import { cis, setCis } from './cis.ts';

/** What a density on [a, b] comes to up to a point x. */
export interface Accumulated {
  /** f(x). */
  readonly density: number;
  /** ∫ₐˣ f. */
  readonly mass: number;
  /** ∫ₐˣ y f(y) dy. */
  readonly moment: number;
}

/**
 * A density by the COS method of Fang & Oosterlee (SIAM Journal on Scientific Computing 31, 2008, eq. 11): the cosine
 * series on [a, b] whose coefficients are F_k = 2/(b − a) Re(φ(u_k) e^(−i u_k a)), u_k = kπ/(b − a), φ being the
 * characteristic function.
 */
export class CosineSeries {
  readonly a: number;
  readonly b: number;
  readonly #coefficients: Float64Array;

  /**
   * @param re,im φ(u_k), k = 0 …
   * @param weight factor of term k of n: 1, or a filter that makes the series converge away from a density's kinks
   */
  constructor(
    a: number,
    b: number,
    re: ArrayLike<number>,
    im: ArrayLike<number>,
    weight: (share: number) => number = () => 1,
  ) {
    this.a = a;
    this.b = b;
    const n = re.length;
    this.#coefficients = Float64Array.from({ length: n }, (_, k) => {
      setCis((-k * Math.PI * a) / (b - a));
      return ((k === 0 ? 1 : 2) / (b - a)) * weight(k / n) * (re[k]! * cis.re - im[k]! * cis.im);
    });
  }

  /** Integrates the series term by term; O(number of terms). */
  at(x: number): Accumulated {
    const { a, b } = this;
    const z = x - a;
    const spacing = Math.PI / (b - a);
    setCis(spacing * z);
    const { re: stepRe, im: stepIm } = cis;
    let cosine = 1;
    let sine = 0;
    const first = this.#coefficients[0]!;
    let density = first;
    let mass = first * z;
    let moment = (first * z * z) / 2;
    for (let k = 1; k < this.#coefficients.length; k++) {
      const next = cosine * stepRe - sine * stepIm;
      sine = cosine * stepIm + sine * stepRe;
      cosine = next;
      const u = k * spacing;
      const F = this.#coefficients[k]!;
      density += F * cosine;
      mass += (F * sine) / u;
      moment += F * ((z * sine) / u + (cosine - 1) / (u * u));
    }
    return { density, mass, moment: moment + a * mass };
  }

  /** x with ∫ₐˣ f = mass, within [low, high]: Newton's steps, halving the bracket where they leave it. */
  invert(mass: number, low = this.a, high = this.b): number {
    let x = 0.5 * (low + high);
    const tolerance = 1e-14 * (this.b - this.a);
    for (let i = 0; i < 200 && high - low > tolerance; i++) {
      const at = this.at(x);
      const excess = at.mass - mass;
      if (excess > 0) high = x;
      else low = x;
      const newton = x - excess / at.density;
      const next = newton > low && newton < high ? newton : 0.5 * (low + high);
      if (Math.abs(next - x) <= tolerance) return next;
      x = next;
    }
    return x;
  }
}

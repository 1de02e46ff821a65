import { exp } from '../util/elementary.ts';
import { cis, setCis } from './cis.ts';
import type { Exponents } from './exponents.ts';
import { type ComplexVector, complexVector } from './stage-solver.ts';

/** e^(s x) for all exponents at one x, which is kept so that an unchanged x costs nothing. */
export interface Power extends ComplexVector {
  x: number;
}

/** Makes e^(s x). Equally spaced imaginary exponents are powers of one number, begun afresh every 64. */
export class Powers {
  readonly #exponents: Exponents;
  readonly #isImaginary: boolean;

  constructor(exponents: Exponents) {
    this.#exponents = exponents;
    this.#isImaginary = exponents.im.some((x) => x !== 0);
  }

  allocate(): Power {
    return { ...complexVector(this.#exponents.re.length), x: Number.NaN };
  }

  /** Writes e^(s x) to `out`, unless that is what is there. */
  set(out: Power, x: number): Power {
    if (out.x === x) return out;
    out.x = x;
    const { re, im } = this.#exponents;
    if (!this.#isImaginary) {
      for (let k = 0; k < re.length; k++) out.re[k] = exp(re[k]! * x);
      return out;
    }
    setCis(re.length > 1 ? (im[1]! - im[0]!) * x : 0);
    const stepRe = cis.re;
    const stepIm = cis.im;
    for (let k = 0; k < re.length; k++) {
      if (k % 64 === 0) {
        setCis(im[k]! * x);
        out.re[k] = cis.re;
        out.im[k] = cis.im;
      } else {
        out.re[k] = out.re[k - 1]! * stepRe - out.im[k - 1]! * stepIm;
        out.im[k] = out.re[k - 1]! * stepIm + out.im[k - 1]! * stepRe;
      }
    }
    return out;
  }
}

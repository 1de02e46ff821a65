/**
 * e^(ix) from + − × ÷ alone, so that every JavaScript engine gives the same bits: reduction by π/2 in three parts (Cody &
 * Waite), then the Taylor series of sine and cosine on |r| <= π/4. Absolute error below 3e-16 for |x| < 1e5.
 */

/** π/2 = the sum of these; the first two have 33 significant bits, so that a multiple below 2^20 of them is exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const QUARTERS_PER_UNIT = 0.6366197723675814;

/** cos x and sin x of the latest call: an object in return would be allocated millions of times. */
export const cis = { re: 1, im: 0 };

/** Sets `cis` to e^(ix). |x| up to about 1e6. */
export function setCis(x: number): void {
  const n = Math.round(x * QUARTERS_PER_UNIT);
  const r = x - n * HALF_PI_1 - n * HALF_PI_2 - n * HALF_PI_3;
  const z = r * r;
  const sine =
    r *
    (1 -
      (z / 6) *
        (1 -
          (z / 20) *
            (1 - (z / 42) * (1 - (z / 72) * (1 - (z / 110) * (1 - (z / 156) * (1 - (z / 210) * (1 - z / 272))))))));
  const cosine =
    1 -
    (z / 2) *
      (1 -
        (z / 12) *
          (1 -
            (z / 30) *
              (1 - (z / 56) * (1 - (z / 90) * (1 - (z / 132) * (1 - (z / 182) * (1 - (z / 240) * (1 - z / 306))))))));
  switch (n & 3) {
    case 0:
      cis.re = cosine;
      cis.im = sine;
      break;
    case 1:
      cis.re = -sine;
      cis.im = cosine;
      break;
    case 2:
      cis.re = -cosine;
      cis.im = -sine;
      break;
    default:
      cis.re = sine;
      cis.im = -cosine;
  }
}

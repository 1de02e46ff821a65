/**
 * exp, log, expm1 and log1p from + − × ÷ alone. IEEE 754 fixes the result of these operations to the last bit, but
 * leaves Math.exp and its like to the engine: a result that must be the same in every JavaScript engine goes through here.
 * Errors are below 1 ulp for exp and log, below 2 ulp for expm1 and log1p.
 */

/** 2^(j/32), j = 0 … 31, rounded to double, and what the rounding left over. */
const ROOT_HIGH = new Float64Array([
  1,
  1.0218971486541166,
  1.0442737824274138,
  1.0671404006768237,
  1.0905077326652577,
  1.1143867425958924,
  1.1387886347566916,
  1.1637248587775775,
  1.189207115002721,
  1.215247359980469,
  1.241857812073484,
  1.2690509571917332,
  1.2968395546510096,
  1.3252366431597413,
  1.3542555469368927,
  1.383909881963832,
  Math.SQRT2,
  1.4451808069770467,
  1.4768261459394993,
  1.5091644275934228,
  1.5422108254079407,
  1.5759808451078865,
  1.6104903319492543,
  1.645755478153965,
  1.681792830507429,
  1.718619298122478,
  1.7562521603732995,
  1.7947090750031072,
  1.8340080864093424,
  1.8741676341103,
  1.9152065613971474,
  1.9571441241754002,
]);
const ROOT_LOW = new Float64Array([
  0, 5.109225028973444e-17, 8.551889705537965e-17, -7.899853966841582e-17, -3.046782079812471e-17,
  1.0410278456845571e-16, 8.912812676025408e-17, 3.8292048369240935e-17, 3.982015231465646e-17, -7.712630692681488e-17,
  4.658027591836937e-17, 2.667932131342186e-18, 2.5382502794888315e-17, -2.8587312100388614e-17, 7.70094837980299e-17,
  -6.770511658794786e-17, -9.667293313452913e-17, -3.0237581349939873e-17, -3.483994556892796e-17,
  -1.016455327754295e-16, 7.949834809697621e-17, -1.0136916471278304e-17, 2.4707192569797888e-17,
  -1.0125679913674773e-16, 8.199010020581497e-17, -1.851380418263111e-17, 2.960140695448873e-17, 1.8227458427912087e-17,
  3.283107224245627e-17, -6.122763413004143e-17, -1.0619946056195963e-16, 8.960767791036668e-17,
]);

const MIN_EXPONENT = -1074;
/** 2^e at index e + 1074; the subnormal powers are exact too. */
const POWER_OF_TWO = new Float64Array(1024 - MIN_EXPONENT);
POWER_OF_TWO[-MIN_EXPONENT] = 1;
for (let e = 1; e <= 1023; e++) POWER_OF_TWO[e - MIN_EXPONENT] = 2 * POWER_OF_TWO[e - 1 - MIN_EXPONENT]!;
for (let e = -1; e >= MIN_EXPONENT; e--) POWER_OF_TWO[e - MIN_EXPONENT] = 0.5 * POWER_OF_TWO[e + 1 - MIN_EXPONENT]!;

/** ln 2 / 32 and ln 2 in two parts; the high parts have trailing zero bits, so that a small integer times them is exact. */
const STEP_HIGH = 0.021660849391992087;
const STEP_LOW = 5.062034433330175e-13;
const STEPS_PER_UNIT = 46.16624130844683;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1.5 · 2^52: adding and subtracting it rounds to the nearest integer. */
const ROUNDER = 6755399441055744;

/** e^r − 1 for |r| <= ln 2 / 64 by its Taylor series, whose first neglected term is below 2^-66 r. */
function expm1OfRemainder(r: number): number {
  return r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))));
}

/** 2^e · x for x of about 1 and any e that exp meets; halves of e keep the factors representable. */
function scale(x: number, e: number): number {
  if (e >= -1021 && e <= 1023) return x * POWER_OF_TWO[e - MIN_EXPONENT]!;
  if (e > 1023) return x * 2 * POWER_OF_TWO[e - 1 - MIN_EXPONENT]!;
  return x * POWER_OF_TWO[e + 64 - MIN_EXPONENT]! * POWER_OF_TWO[-64 - MIN_EXPONENT]!;
}

/** e^x: x = (32 e + j) ln 2 / 32 + r, so e^x = 2^e · 2^(j/32) · e^r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const n = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const j = n & 31;
  const root = ROOT_HIGH[j]!;
  return scale(root + (ROOT_LOW[j]! + root * expm1OfRemainder(r)), (n - j) / 32);
}

/** e^x − 1, accurate for small x too. */
export function expm1(x: number): number {
  if (!(x < 709)) return exp(x) - 1;
  if (x < -40) return -1;
  const n = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  if (n === 0) return x * x === 0 ? x : expm1OfRemainder(x);
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const j = n & 31;
  const power = POWER_OF_TWO[(n - j) / 32 - MIN_EXPONENT]!;
  const root = ROOT_HIGH[j]!;
  const tail = power * (ROOT_LOW[j]! + root * expm1OfRemainder(r));
  // Where the two terms are close, their difference is exact; elsewhere its rounding is the result's own.
  return power * root - 1 + tail;
}

/**
 * log(1 + f) for √½ <= 1 + f < √2, plus e ln 2. With s = f / (2 + f), log(1 + f) = 2 artanh s = f − s (f − R(s²)),
 * R(z) = 2z/3 + 2z²/5 + …, here its Chebyshev interpolant on 0 <= z <= 0.0295 (error 2^-56). `low` is a correction.
 */
function logOfReduced(f: number, e: number, low: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const tail =
    z *
    (0.666666666666667 +
      z *
        (0.39999999999899444 +
          z *
            (0.2857142862600327 +
              z *
                (0.22222211130259878 +
                  z * (0.18182889455674947 + z * (0.15331710618210773 + z * 0.14616585424888623))))));
  const half = 0.5 * f * f;
  return e * LN2_HIGH - (half - (s * (half + tail) + (e * LN2_LOW + low)) - f);
}

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** Index of the half of a double that holds its exponent: 1 on little-endian machines. */
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0]! === 1 ? 1 : 0;
/** High word of √½; subtracting it makes the exponent field count from the reduced interval's lower end. */
const HIGH_WORD_OF_ROOT_HALF = 0x3fe6a09e;

/** e with √½ <= x / 2^e < √2 (up to the rounding of √½ to 20 bits), for positive normal x. */
function reducedExponent(x: number): number {
  double[0] = x;
  return (words[HIGH_WORD]! - HIGH_WORD_OF_ROOT_HALF) >> 20;
}

/** ln x; NaN for x < 0, −Infinity at 0. */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) {
    if (x === 0) return -Infinity;
    if (!(x > 0)) return Number.NaN;
    if (x === Infinity) return x;
    const scaled = x * 18014398509481984; // 2^54: subnormal to normal
    const e = reducedExponent(scaled);
    return logOfReduced(scaled * POWER_OF_TWO[-e - MIN_EXPONENT]! - 1, e - 54, 0);
  }
  const e = reducedExponent(x);
  return logOfReduced(x * POWER_OF_TWO[-e - MIN_EXPONENT]! - 1, e, 0);
}

/** ln(1 + x), accurate for small x too; NaN for x < −1, −Infinity at −1. */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return x * x === 0 ? x : logOfReduced(x, 0, 0);
  const u = 1 + x;
  if (!(u > 0 && u < 9007199254740992)) return log(u);
  const e = reducedExponent(u);
  // What 1 + x lost in rounding, exactly, relative to u.
  const lost = (x < 1 ? x - (u - 1) : 1 - (u - x)) / u;
  return logOfReduced(u * POWER_OF_TWO[-e - MIN_EXPONENT]! - 1, e, lost);
}

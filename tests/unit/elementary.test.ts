import { describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p } from '../../src/util/elementary.ts';

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** Position of a double among all doubles, so that neighbours differ by 1 across zero and the subnormals too. */
function ordinal(x: number): bigint {
  double[0] = x;
  return bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!;
}

/** Largest distance in ulps between two functions over a range, with points that a linear map would not repeat. */
function largestGap(f: (x: number) => number, g: (x: number) => number, point: (u: number) => number): number {
  let largest = 0n;
  for (let i = 0; i < 20_000; i++) {
    const x = point((i * 0.6180339887498949) % 1);
    const gap = ordinal(f(x)) - ordinal(g(x));
    if (gap > largest) largest = gap;
    if (-gap > largest) largest = -gap;
  }
  return Number(largest);
}

describe('within 2 ulp of Math over the whole range', () => {
  it.each<[string, (x: number) => number, (x: number) => number, (u: number) => number]>([
    ['exp, whole range', exp, Math.exp, (u) => -750 + 1465 * u],
    ['exp, moderate', exp, Math.exp, (u) => 40 * (u - 0.5)],
    ['exp, tiny arguments', exp, Math.exp, (u) => -(2 ** (-60 * u))],
    ['exp, subnormal results', exp, Math.exp, (u) => -708 - 38 * u],
    ['exp, towards overflow', exp, Math.exp, (u) => 709 + 0.79 * u],
    ['log, whole range', log, Math.log, (u) => 2 ** (-1074 + 2097 * u)],
    ['log, subnormals', log, Math.log, (u) => 2 ** (-1074 + 52 * u)],
    ['log, above 1', log, Math.log, (u) => 1 + 2 ** (-52 * u)],
    ['log, below 1', log, Math.log, (u) => 1 - 2 ** (-1 - 52 * u)],
    ['expm1, moderate', expm1, Math.expm1, (u) => 4 * (u - 0.5)],
    ['expm1, whole range', expm1, Math.expm1, (u) => -50 + 765 * u],
    ['expm1, small arguments', expm1, Math.expm1, (u) => 2 ** (-1074 * u)],
    ['expm1, small negative arguments', expm1, Math.expm1, (u) => -(2 ** (-40 * u))],
    ['log1p, moderate', log1p, Math.log1p, (u) => -1 + 3 * u],
    ['log1p, next to −1', log1p, Math.log1p, (u) => -1 + 2 ** (-53 * u)],
    ['log1p, small negative arguments', log1p, Math.log1p, (u) => -(2 ** (-1074 * u))],
    ['log1p, large arguments', log1p, Math.log1p, (u) => 2 ** (1023 * u)],
  ])('%s', (_name, own, reference, point) => {
    expect(largestGap(own, reference, point)).toBeLessThanOrEqual(2);
  });
});

describe('special values', () => {
  it.each([
    Number.NaN,
    Infinity,
    -Infinity,
    0,
    -0,
    1,
    -1,
    -1.5,
    5e-324,
    -5e-324,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    709.782712893384,
    709.7827128933841,
    -745.1332191019411,
    -745.1332191019412,
    2.2250738585072014e-308,
  ])('%d', (x) => {
    // Where Math is exact or infinite, so are these; elsewhere the last bit may differ.
    for (const [own, reference] of [
      [exp(x), Math.exp(x)],
      [log(x), Math.log(x)],
      [expm1(x), Math.expm1(x)],
      [log1p(x), Math.log1p(x)],
    ] as const) {
      if (Number.isFinite(reference) && reference !== 0) expect(Math.abs(own / reference - 1)).toBeLessThan(4.5e-16);
      else expect(own).toBe(reference);
    }
  });
});

it('gives these bits in every engine', () => {
  expect([exp(0.1), exp(-20.5), log(3), log(1e-310), expm1(0.3), expm1(-1e-5), log1p(0.7), log1p(-0.4)]).toEqual([
    1.1051709180756477, 1.2501528663867426e-9, 1.0986122886681096, -713.8013788281542, 0.3498588075760031,
    -0.000009999950000166666, 0.5306282510621704, -0.5108256237659907,
  ]);
});

import { INVERSE, ROW_SUMS, STAGES } from './radau.ts';

/** Copies: loaders that rewrite modules, as test runners do, make a look-up of each use of an import. */
const S = STAGES;
const W = INVERSE;
const SUMS = ROW_SUMS;

const BLOCK = S * S;

/** A complex vector over inventories, or over inventories and stages (entry j·STAGES + i). */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function complexVector(length: number): ComplexVector {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** The generator of a linear system f′ = G(t) f at the stages of a step: tridiagonal over the inventories. */
export interface StageGenerator {
  readonly diagonal: ComplexVector;
  /** From inventory j to j + 1; the last one is not read. */
  readonly up: ComplexVector;
  /** From inventory j to j − 1; the first one is not read. */
  readonly down: ComplexVector;
}

/**
 * Solves one step of the collocation method, W(Y − y) = h(G Y + source), over all inventories and stages at once: block
 * tridiagonal with full 5 × 5 blocks on the diagonal and diagonal blocks beside it. The blocks are inverted without
 * pivoting, which their Hermitian part allows: Σ b_i of the method's rows makes it positive (algebraic stability).
 * One factorisation serves any number of right-hand sides; O(width).
 */
export class StageSolver {
  private readonly width: number;
  private readonly inverses: ComplexVector;
  private readonly right: ComplexVector;
  private h = 0;
  private generator: StageGenerator;

  constructor(width: number) {
    this.width = width;
    this.inverses = complexVector(width * BLOCK);
    this.right = complexVector(width * S);
    this.generator = { diagonal: complexVector(0), up: complexVector(0), down: complexVector(0) };
  }

  /** Eliminates from the lowest inventory upwards; the generator is read again by `solve`. */
  factor(h: number, generator: StageGenerator): void {
    this.h = h;
    this.generator = generator;
    const { re, im } = this.inverses;
    const { diagonal, up, down } = generator;
    for (let j = 0; j < this.width; j++) {
      const at = j * BLOCK;
      for (let e = 0; e < BLOCK; e++) {
        re[at + e] = W[e]!;
        im[at + e] = 0;
      }
      for (let i = 0; i < S; i++) {
        const d = at + i * S + i;
        re[d] = re[d]! - h * diagonal.re[j * S + i]!;
        im[d] = im[d]! - h * diagonal.im[j * S + i]!;
      }
      if (j > 0) {
        for (let i = 0; i < S; i++) {
          const lowRe = h * up.re[(j - 1) * S + i]!;
          const lowIm = h * up.im[(j - 1) * S + i]!;
          for (let l = 0; l < S; l++) {
            const before = at - BLOCK + i * S + l;
            const e = at + i * S + l;
            const highRe = h * down.re[j * S + l]!;
            const highIm = h * down.im[j * S + l]!;
            const xRe = lowRe * re[before]! - lowIm * im[before]!;
            const xIm = lowRe * im[before]! + lowIm * re[before]!;
            re[e] = re[e]! - (xRe * highRe - xIm * highIm);
            im[e] = im[e]! - (xRe * highIm + xIm * highRe);
          }
        }
      }
      invertBlock(re, im, at);
    }
  }

  /**
   * The stages Y from the state y at the step's start; the last stage is the state at its end.
   * @param source what is added to G Y at each stage; undefined = nothing
   * @param out receives Y
   */
  solve(y: ComplexVector, source: ComplexVector | undefined, out: ComplexVector): void {
    const { width, h, right } = this;
    const { re, im } = this.inverses;
    const { up, down } = this.generator;
    for (let j = 0; j < width; j++) {
      for (let i = 0; i < S; i++) {
        const e = j * S + i;
        let bRe = SUMS[i]! * y.re[j]!;
        let bIm = SUMS[i]! * y.im[j]!;
        if (source !== undefined) {
          bRe += h * source.re[e]!;
          bIm += h * source.im[e]!;
        }
        if (j > 0) {
          const lowRe = h * up.re[e - S]!;
          const lowIm = h * up.im[e - S]!;
          bRe += lowRe * out.re[e - S]! - lowIm * out.im[e - S]!;
          bIm += lowRe * out.im[e - S]! + lowIm * out.re[e - S]!;
        }
        right.re[e] = bRe;
        right.im[e] = bIm;
      }
      multiplyBlock(re, im, j, right, out, false);
    }
    for (let j = width - 2; j >= 0; j--) {
      for (let i = 0; i < S; i++) {
        const e = j * S + i;
        const highRe = h * down.re[e + S]!;
        const highIm = h * down.im[e + S]!;
        right.re[e] = highRe * out.re[e + S]! - highIm * out.im[e + S]!;
        right.im[e] = highRe * out.im[e + S]! + highIm * out.re[e + S]!;
      }
      multiplyBlock(re, im, j, right, out, true);
    }
  }
}

/** out_j = inverse_j · right_j, or added to it. */
function multiplyBlock(
  re: Float64Array,
  im: Float64Array,
  j: number,
  right: ComplexVector,
  out: ComplexVector,
  add: boolean,
): void {
  for (let i = 0; i < S; i++) {
    const e = j * S + i;
    let sumRe = add ? out.re[e]! : 0;
    let sumIm = add ? out.im[e]! : 0;
    for (let l = 0; l < S; l++) {
      const m = j * BLOCK + i * S + l;
      const xRe = right.re[j * S + l]!;
      const xIm = right.im[j * S + l]!;
      sumRe += re[m]! * xRe - im[m]! * xIm;
      sumIm += re[m]! * xIm + im[m]! * xRe;
    }
    out.re[e] = sumRe;
    out.im[e] = sumIm;
  }
}

/** Gauss-Jordan elimination in place of the block that starts at `at`. */
function invertBlock(re: Float64Array, im: Float64Array, at: number): void {
  for (let p = 0; p < S; p++) {
    const row = at + p * S;
    const pRe = re[row + p]!;
    const pIm = im[row + p]!;
    const size = pRe * pRe + pIm * pIm;
    const inverseRe = pRe / size;
    const inverseIm = -pIm / size;
    re[row + p] = 1;
    im[row + p] = 0;
    for (let l = 0; l < S; l++) {
      const xRe = re[row + l]!;
      const xIm = im[row + l]!;
      re[row + l] = xRe * inverseRe - xIm * inverseIm;
      im[row + l] = xRe * inverseIm + xIm * inverseRe;
    }
    for (let i = 0; i < S; i++) {
      if (i === p) continue;
      const other = at + i * S;
      const fRe = re[other + p]!;
      const fIm = im[other + p]!;
      re[other + p] = 0;
      im[other + p] = 0;
      for (let l = 0; l < S; l++) {
        const xRe = re[row + l]!;
        const xIm = im[row + l]!;
        re[other + l] = re[other + l]! - (fRe * xRe - fIm * xIm);
        im[other + l] = im[other + l]! - (fRe * xIm + fIm * xRe);
      }
    }
  }
}

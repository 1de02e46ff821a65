import type { SimulatorParameters } from '../config/experiment.ts';
import { exp } from '../util/elementary.ts';
import { cis, setCis } from './cis.ts';
import type { Exponents } from './exponents.ts';
import { type Power, Powers } from './powers.ts';
import { type ComplexVector, complexVector } from './stage-solver.ts';
import type { SteppedFills } from './stepped-fills.ts';

/** What a step multiplies the transforms of one inventory by, on their way to itself and to its neighbours. */
interface Branch {
  readonly bid: Power;
  readonly ask: Power;
  /** (1 − p)(1 − r) + p r e^(s(Jb + Ja + J)), p(1 − r) e^(s Jb) and r(1 − p) e^(s Ja), each with the price's factor. */
  readonly stay: ComplexVector;
  readonly up: ComplexVector;
  readonly down: ComplexVector;
  /** The fill probabilities and jumps that the factors were made of. */
  made: readonly number[];
}

/** The factors of a step for all inventories and exponents; made again only where fills have changed. */
export class StepFactors {
  readonly branches: readonly Branch[];
  readonly #steps: SteppedFills;
  readonly #powers: Powers;
  readonly #together: Power;
  /** E[e^(s q dS)] e^(−s ζ q² dt) by inventory. */
  readonly #price: readonly ComplexVector[];

  constructor(market: SimulatorParameters, steps: SteppedFills, exponents: Exponents) {
    const count = exponents.re.length;
    this.#steps = steps;
    this.#powers = new Powers(exponents);
    this.#together = this.#powers.set(this.#powers.allocate(), steps.bothJump);
    this.#price = Array.from(steps.reader.lattice.inventories, (q) => priceFactors(market, steps.dt, exponents, q));
    this.branches = this.#price.map(() => ({
      bid: this.#powers.allocate(),
      ask: this.#powers.allocate(),
      stay: complexVector(count),
      up: complexVector(count),
      down: complexVector(count),
      made: [],
    }));
  }

  /** Brings the factors to the step that `steps` has loaded. */
  update(): void {
    const { bid, ask, fills } = this.#steps;
    this.branches.forEach((branch, j) => {
      const made = [bid[j]!, ask[j]!, fills.bid.jump[j]!, fills.ask.jump[j]!];
      if (made.every((x, i) => x === branch.made[i])) return;
      branch.made = made;
      this.#make(branch, j);
    });
  }

  #make(branch: Branch, j: number): void {
    const [p, r, bidJump, askJump] = branch.made;
    const bid = this.#powers.set(branch.bid, bidJump!);
    const ask = this.#powers.set(branch.ask, askJump!);
    const { stay, up, down } = branch;
    const isTop = j + 1 === this.#price.length;
    const here = this.#price[j]!;
    const above = this.#price[isTop ? j : j + 1]!;
    const below = this.#price[j === 0 ? j : j - 1]!;
    const together = this.#together;
    const none = (1 - p!) * (1 - r!);
    const both = p! * r!;
    const upShare = isTop ? 0 : p! * (1 - r!);
    const downShare = j === 0 ? 0 : r! * (1 - p!);
    for (let k = 0; k < stay.re.length; k++) {
      const bidRe = bid.re[k]!;
      const bidIm = bid.im[k]!;
      const askRe = ask.re[k]!;
      const askIm = ask.im[k]!;
      const re = bidRe * askRe - bidIm * askIm;
      const im = bidRe * askIm + bidIm * askRe;
      const stayRe = none + both * (re * together.re[k]! - im * together.im[k]!);
      const stayIm = both * (re * together.im[k]! + im * together.re[k]!);
      stay.re[k] = stayRe * here.re[k]! - stayIm * here.im[k]!;
      stay.im[k] = stayRe * here.im[k]! + stayIm * here.re[k]!;
      up.re[k] = upShare * (bidRe * above.re[k]! - bidIm * above.im[k]!);
      up.im[k] = upShare * (bidRe * above.im[k]! + bidIm * above.re[k]!);
      down.re[k] = downShare * (askRe * below.re[k]! - askIm * below.im[k]!);
      down.im[k] = downShare * (askRe * below.im[k]! + askIm * below.re[k]!);
    }
  }
}

/** e^(s(μq − ζq²) dt + ½ s² σ² q² dt); where s is real and the price binomial, cosh(s q σ √dt) in place of the last. */
function priceFactors(
  market: SimulatorParameters,
  dt: number,
  { re, im, running }: Exponents,
  q: number,
): ComplexVector {
  const { mu, sigma, midprice } = market;
  const isBinomial = midprice.type === 'binomial';
  const drift = (mu * q - running * q * q) * dt;
  const variance = sigma * q * (sigma * q) * dt;
  const out = complexVector(re.length);
  for (let k = 0; k < re.length; k++) {
    const x = re[k]! * Math.sqrt(variance);
    const trend = re[k]! * drift;
    const size = isBinomial
      ? 0.5 * (exp(trend + x) + exp(trend - x))
      : exp(trend + 0.5 * (re[k]! * re[k]! - im[k]! * im[k]!) * variance);
    setCis(im[k]! * drift);
    out.re[k] = size * cis.re;
    out.im[k] = size * cis.im;
  }
  return out;
}

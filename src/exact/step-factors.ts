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
    const { stay } = branch;
    product(stay, bid, ask, p! * r!);
    product(stay, stay, this.#together, 1);
    for (let k = 0; k < stay.re.length; k++) stay.re[k] = stay.re[k]! + (1 - p!) * (1 - r!);
    product(stay, stay, this.#price[j]!, 1);
    if (j + 1 < this.#price.length) product(branch.up, bid, this.#price[j + 1]!, p! * (1 - r!));
    if (j > 0) product(branch.down, ask, this.#price[j - 1]!, r! * (1 - p!));
  }
}

/** out = share · a · b; out may be a. */
function product(out: ComplexVector, a: ComplexVector, b: ComplexVector, share: number): void {
  for (let k = 0; k < out.re.length; k++) {
    const re = share * a.re[k]!;
    const im = share * a.im[k]!;
    out.re[k] = re * b.re[k]! - im * b.im[k]!;
    out.im[k] = re * b.im[k]! + im * b.re[k]!;
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

import type { SimulatorParameters } from '../config/experiment.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { exp, expm1 } from '../util/elementary.ts';
import { type Lattice, latticeInventories, latticeOf } from './lattice.ts';
import { timeStepsOf } from './time-steps.ts';

/**
 * A strategy's quotes on the stepped scheme's clock, in the form that the kernel's inner loop wants: entry
 * 2·(row·width + lots + reach) is the bid's, the next one the ask's. One row serves all steps where the quotes do not
 * depend on time. Both arrays are views of one SharedArrayBuffer, so that workers read them in place.
 */
export interface StepTable {
  readonly lattice: Lattice;
  readonly rows: number;
  /** A side fills where its signed random word is below this: probability (threshold + 2^31) / 2^32. */
  readonly thresholds: Int32Array;
  /** What a fill earns against the mid: order_size × distance. */
  readonly gains: Float64Array;
  /** The largest λ dt in the table, the expected market orders a step that reach a quote. */
  readonly maxIntensityStep: number;
}

/** The table's size at which an unbounded inventory is cut, in entries (16 bytes of gains and 8 of thresholds each). */
const MAX_ENTRIES = 4_000_000;

/** Tabulates `rule` for the market. Fill probabilities are 1 − e^(−λ dt) or min(1, λ dt), λ = A e^(−kδ). */
export function buildStepTable(simulator: SimulatorParameters, rule: QuoteRule): StepTable {
  const steps = timeStepsOf(simulator);
  const rows = rule.timeDependent ? steps.count : 1;
  const lattice = latticeOf(simulator, steps.count, Math.floor(MAX_ENTRIES / rows));
  const inventories = latticeInventories(lattice, simulator.order_size);
  const width = inventories.length;
  const buffer = new SharedArrayBuffer(rows * width * 2 * (8 + 4));
  const gains = new Float64Array(buffer, 0, rows * width * 2);
  const thresholds = new Int32Array(buffer, gains.byteLength, rows * width * 2);
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  let maxIntensityStep = 0;
  for (let row = 0; row < rows; row++) {
    rule.fillRow(row * steps.dt, inventories, bid, ask);
    // The inventory bound holds for every strategy: no bid at the top of the lattice, no ask at the bottom.
    if (lattice.bounded) {
      bid[width - 1] = Number.POSITIVE_INFINITY;
      ask[0] = Number.POSITIVE_INFINITY;
    }
    for (let j = 0; j < width; j++) {
      for (let side = 0; side < 2; side++) {
        const distance = side === 0 ? bid[j]! : ask[j]!;
        const at = 2 * (row * width + j) + side;
        const intensityStep = simulator.A * exp(-simulator.k * distance) * steps.dt;
        if (intensityStep > maxIntensityStep) maxIntensityStep = intensityStep;
        const probability = simulator.fill === 'poisson' ? -expm1(-intensityStep) : Math.min(1, intensityStep);
        thresholds[at] = signedThreshold(probability);
        gains[at] = Number.isFinite(distance) ? simulator.order_size * distance : 0;
      }
    }
  }
  return { lattice, rows, thresholds, gains, maxIntensityStep };
}

/**
 * round(p·2^32) − 2^31, so that a uniform signed word is below it with probability p to within 2^−33. p = 1 saturates
 * at 1 − 2^−32, the largest that `word < threshold` can express; p = 0 is exact, which the inventory bound needs.
 */
function signedThreshold(probability: number): number {
  return Math.min(Math.round(probability * 4294967296), 4294967295) - 2147483648;
}

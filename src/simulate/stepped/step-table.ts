import type { Fill, SimulatorParameters } from '../../config/experiment.ts';
import { timeStepsOf } from '../../plan/time-steps.ts';
import { intensity } from '../../solve/intensity.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { expm1 } from '../../util/elementary.ts';
import { BufferPool } from '../buffer-pool.ts';
import { bothSidesGain, fillGain } from '../fill-gain.ts';
import { type Lattice, latticeInventories, latticeOf } from '../lattice.ts';
import { readQuotes } from '../read-quotes.ts';
import { byteBand } from './byte-band.ts';

/**
 * A strategy's quotes on the stepped scheme's clock, in the form that the kernel's inner loop wants. Entry
 * e = (lots + reach)·rows + row, so that the entries of consecutive steps are neighbours; one row serves all steps where the
 * quotes do not depend on time. With p and r the fill probabilities of bid and ask, one uniform word u in [0, 1) decides a
 * step: the bid fills where u < p, the ask where u >= 1 − r(1 − p) or p(1 − r) <= u < p. So both sides fill independently,
 * and each side's fills grow with its probability, word by word, as common random numbers want. The first byte of the word
 * mostly decides. The arrays are views of one SharedArrayBuffer, so that workers read them in place.
 */
export interface StepTable {
  /** What all arrays of the table but intensitySteps are views of. */
  readonly buffer: SharedArrayBuffer;
  readonly lattice: Lattice;
  readonly rows: number;
  /** At 2e: the bid fills where the signed word is below. At 2e + 1: the ask alone fills where it is above. */
  readonly thresholds: Int32Array;
  /** At e: where the bid fills and the signed word is not below this, the ask fills as well. */
  readonly bothFrom: Int32Array;
  /** At e: what the first byte of a word decides, as `byteBand` packs it. */
  readonly bands: Int32Array;
  /** The jump of PnL at a fill (`fillGain`): at 2e the bid's, at 2e + 1 the ask's. */
  readonly gains: Float64Array;
  /** What PnL jumps beyond both gains where both sides fill in one step. */
  readonly bothGain: number;
  /** p·gain + r·gain + p·r·bothGain by entry: what the step is expected to earn. */
  readonly expectedGain: Float64Array;
  /** By lots + reach: the largest λ dt at any time, the expected market orders a step that reach a quote. */
  readonly intensitySteps: Float64Array;
}

/** The table's size at which an unbounded inventory is cut, in entries of 40 bytes. */
const MAX_ENTRIES = 4_000_000;

/** Entries of the largest table that is built: 4 GB. */
const LARGEST_TABLE = 1e8;

/** Tabulates `rule` for the market. Throws RangeError where the table would be too large. Fill probabilities are 1 − e^(−λ dt) or min(1, λ dt), λ = A e^(−kδ). */
export function buildStepTable(simulator: SimulatorParameters, rule: QuoteRule, pool = new BufferPool()): StepTable {
  const steps = timeStepsOf(simulator);
  const rows = rule.timeDependent ? steps.count : 1;
  const lattice = latticeOf(simulator, steps.count, Math.floor(MAX_ENTRIES / rows));
  const inventories = latticeInventories(lattice, simulator.order_size);
  const width = inventories.length;
  const entries = rows * width;
  if (entries > LARGEST_TABLE) {
    throw new RangeError(
      `quotes over ${rows} time steps x ${width} inventory levels do not fit in memory; raise simulator.dt, lower Q_max, ` +
        'or use scheme: event',
    );
  }
  const buffer = pool.take(entries * (3 * 8 + 4 * 4));
  const gains = new Float64Array(buffer, 0, 2 * entries);
  const expectedGain = new Float64Array(buffer, 16 * entries, entries);
  const thresholds = new Int32Array(buffer, 24 * entries, 2 * entries);
  const bothFrom = new Int32Array(buffer, 32 * entries, entries);
  const bands = new Int32Array(buffer, 36 * entries, entries);
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  const intensitySteps = new Float64Array(width);
  const bothGain = bothSidesGain(simulator);
  for (let row = 0; row < rows; row++) {
    readQuotes(rule, row * steps.dt, inventories, lattice.bounded, bid, ask);
    for (let j = 0; j < width; j++) {
      const e = j * rows + row;
      const bidStep = intensity(simulator, bid[j]!) * steps.dt;
      const askStep = intensity(simulator, ask[j]!) * steps.dt;
      intensitySteps[j] = Math.max(intensitySteps[j]!, bidStep, askStep);
      const p = fillProbability(bidStep, simulator.fill);
      const r = fillProbability(askStep, simulator.fill);
      thresholds[2 * e] = wordBelow(p);
      thresholds[2 * e + 1] = -1 - wordBelow(r * (1 - p));
      bothFrom[e] = wordBelow(p * (1 - r));
      bands[e] = byteBand(thresholds[2 * e]!, bothFrom[e]!, thresholds[2 * e + 1]!);
      gains[2 * e] = fillGain(simulator, 'bid', bid[j]!, inventories[j]!);
      gains[2 * e + 1] = fillGain(simulator, 'ask', ask[j]!, inventories[j]!);
      expectedGain[e] = p * gains[2 * e]! + r * gains[2 * e + 1]! + p * r * bothGain;
    }
  }
  return { buffer, lattice, rows, thresholds, bothFrom, bands, gains, bothGain, expectedGain, intensitySteps };
}

function fillProbability(intensityStep: number, fill: Fill): number {
  return fill === 'poisson' ? -expm1(-intensityStep) : Math.min(1, intensityStep);
}

/**
 * round(p·2^32) − 2^31: a uniform signed word is below it with probability p to within 2^−33. p = 1 saturates at
 * 1 − 2^−32, the largest that `word < threshold` can express; p = 0 is exact, which the inventory bound needs.
 */
function wordBelow(p: number): number {
  return Math.min(Math.round(p * 4294967296), 4294967295) - 2147483648;
}

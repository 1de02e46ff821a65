import type { SimulatorParameters } from '../config/experiment.ts';
import { log } from '../util/elementary.ts';
import { steppedAtoms } from './atoms.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import { frequencies, realExponents } from './exponents.ts';
import type { FillReader } from './fill-reader.ts';
import { Scalar, scalarAt } from './moment-state.ts';
import { SteppedFills } from './stepped-fills.ts';
import { steppedMoments } from './stepped-moments.ts';
import { steppedTransform, type Transform } from './stepped-transform.ts';

/** Frequencies that are carried together: their factors stay in the second-level cache. */
const CHUNK = 64;

/**
 * The stepped scheme: recursions over its own steps, without any error of discretisation.
 * @param mostLost probability that may leave the lattice; beyond it there is no engine
 */
export function steppedEngine(
  market: SimulatorParameters,
  reader: FillReader,
  mostLost: number,
): ExactEngine | undefined {
  const { lattice } = reader;
  const { width } = lattice;
  const steps = new SteppedFills(market, reader);
  const state = steppedMoments(market, steps, mostLost);
  if (state === undefined) return undefined;
  const mean = state[scalarAt(width, Scalar.mean)]!;
  return {
    market,
    moments: { lattice, state },
    atoms: steppedAtoms(market, steps),
    frequencies(first, count, spacing) {
      const values: TransformValue[] = [];
      for (let done = 0; done < count; done += CHUNK) {
        const chunk = Math.min(CHUNK, count - done);
        const transform = steppedTransform(market, steps, frequencies(first + done, chunk, spacing), mean);
        values.push(...results(transform, width, chunk));
      }
      return values;
    },
    exponential(s, { running = 0, weights, mostLog = Number.POSITIVE_INFINITY, mostAtEdge = 1 }) {
      const transform = steppedTransform(market, steps, realExponents([s], running), mean);
      const sum = transform.re.reduce((total, f, j) => total + f * (weights === undefined ? 1 : weights[j]!), 0);
      const value = log(sum) + transform.logScales[0]!;
      const atEdge = lattice.bounded ? 0 : transform.re[0]! + transform.re[width - 1]!;
      return value <= mostLog && atEdge <= mostAtEdge ? value : Number.NaN;
    },
  };
}

function results(transform: Transform, width: number, count: number): TransformValue[] {
  return Array.from({ length: count }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let j = 0; j < width; j++) {
      re += transform.re[j * count + k]!;
      im += transform.im[j * count + k]!;
    }
    return { re, im, logScale: transform.logScales[k]! };
  });
}

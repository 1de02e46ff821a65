import type { SimulatorParameters } from '../config/experiment.ts';
import { steppedAtoms } from './atoms.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import { frequencies, realExponents } from './exponents.ts';
import type { FillReader } from './fill-reader.ts';
import { largestJump } from './largest-jump.ts';
import { Scalar, scalarAt } from './moment-state.ts';
import { SteppedFills } from './stepped-fills.ts';
import { steppedMoments } from './stepped-moments.ts';
import { steppedTransform, type Transform } from './stepped-transform.ts';

/** Frequencies that are carried together: their factors stay in the second-level cache. */
const CHUNK = 64;

/** The stepped scheme: recursions over its own steps, without any error of discretisation. */
export function steppedEngine(market: SimulatorParameters, reader: FillReader): ExactEngine {
  const { lattice } = reader;
  const { width } = lattice;
  const steps = new SteppedFills(market, reader);
  const state = steppedMoments(market, steps);
  const mean = state[scalarAt(width, Scalar.mean)]!;
  return {
    market,
    moments: { lattice, state },
    largestJump: largestJump(reader, market.T),
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
    exponentials: (values, { running = 0, weights }) =>
      results(steppedTransform(market, steps, realExponents(values, running), mean), width, values.length, weights),
  };
}

function results(transform: Transform, width: number, count: number, weights?: Float64Array): TransformValue[] {
  return Array.from({ length: count }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let j = 0; j < width; j++) {
      const weight = weights === undefined ? 1 : weights[j]!;
      re += weight * transform.re[j * count + k]!;
      im += weight * transform.im[j * count + k]!;
    }
    return { re, im, logScale: transform.logScales[k]! };
  });
}

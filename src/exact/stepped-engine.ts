import type { SimulatorParameters } from '../config/experiment.ts';
import { steppedAtoms } from './atoms.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import { frequencies, realExponents } from './exponents.ts';
import type { FillReader } from './fill-reader.ts';
import { largestJump } from './largest-jump.ts';
import { SteppedFills } from './stepped-fills.ts';
import { steppedMoments } from './stepped-moments.ts';
import { steppedTransform, type Transform } from './stepped-transform.ts';

/** The stepped scheme: recursions over its own steps, without any error of discretisation. */
export function steppedEngine(market: SimulatorParameters, reader: FillReader): ExactEngine {
  const { lattice } = reader;
  const { width } = lattice;
  const steps = new SteppedFills(market, reader);
  const { state, means } = steppedMoments(market, steps);
  return {
    market,
    moments: { lattice, state },
    largestJump: largestJump(reader, market.T),
    atoms: steppedAtoms(market, steps),
    frequencies: (first, count, spacing) =>
      results(steppedTransform(market, steps, frequencies(first, count, spacing), means), width, count),
    exponentials: (values, { running = 0, weights }) =>
      results(steppedTransform(market, steps, realExponents(values, running), means), width, values.length, weights),
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

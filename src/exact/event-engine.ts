import type { SimulatorParameters } from '../config/experiment.ts';
import { exp } from '../util/elementary.ts';
import { integrate } from './adaptive.ts';
import { eventAtoms } from './atoms.ts';
import { cis, setCis } from './cis.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import { EventMoments } from './event-moments.ts';
import { EventTransform } from './event-transform.ts';
import { type Exponents, frequencies, imaginaryExponents, realExponents } from './exponents.ts';
import type { FillReader } from './fill-reader.ts';
import { largestJump } from './largest-jump.ts';
import { momentState, ORDERS, Scalar, scalarAt, total } from './moment-state.ts';

/** Error of a step in the moments, relative; quotes of the HJB grid are good to about 1e-11. */
const MOMENT_TOLERANCE = 2e-11;
/** Error of a step in the characteristic function, absolute. */
const TRANSFORM_TOLERANCE = 1e-11;

/** The event scheme: linear differential equations, by adaptive collocation. */
export function eventEngine(market: SimulatorParameters, reader: FillReader): ExactEngine {
  const { T } = market;
  const { lattice } = reader;
  const firstStep = firstStepOf(market, reader);
  const times = [0];
  const means = [0];
  const system = new EventMoments(market, reader);
  const meanAt = scalarAt(lattice.width, Scalar.mean);
  const { state } = integrate(
    system,
    momentState(lattice.width, lattice.start),
    T,
    MOMENT_TOLERANCE,
    firstStep,
    (t, reached) => {
      times.push(t);
      means.push(reached[meanAt]!);
    },
  );
  const centre = interpolation(times, means);
  const fills = total(state, lattice.width, ORDERS);
  const adaptively = (exponents: Exponents, tolerance: number, phase = centre) => {
    const transform = new EventTransform(market, reader, exponents, phase);
    return { transform, ...integrate(transform, transform.initial(), T, tolerance, firstStep) };
  };

  return {
    market,
    moments: { lattice, state },
    largestJump: largestJump(reader, T),
    atoms: eventAtoms(market, exp(-state[scalarAt(lattice.width, Scalar.leavingZero)]!)),
    frequencies(first, count, spacing) {
      // With many fills the phase of the mean is what oscillates; with few it is smaller than what taking it off brings in.
      const isCentred = (first + count) * spacing * Math.abs(means.at(-1)!) <= 2 * fills;
      const phase = isCentred ? centre : () => 0;
      // The steps that suit the ends and the middle of the stretch suit all of it.
      const probes = [first, first + (count >> 2), first + (count >> 1), first + count - 1].map((k) => k * spacing);
      const mesh = adaptively(imaginaryExponents(probes), TRANSFORM_TOLERANCE, phase).mesh;
      const transform = new EventTransform(market, reader, frequencies(first, count, spacing), phase);
      let state: Float64Array = transform.initial();
      let next: Float64Array = state.slice();
      for (let n = 1; n < mesh.length; n++) {
        transform.step(state, mesh[n - 1]!, mesh[n]! - mesh[n - 1]!, next);
        [state, next] = [next, state];
      }
      const values = results(transform, state, count);
      return isCentred ? values : values.map((value, k) => turned(value, -(first + k) * spacing * means.at(-1)!));
    },
    exponentials(values, { tolerance, running = 0, weights }) {
      const { transform, state } = adaptively(realExponents(values, running), tolerance);
      return results(transform, state, values.length, weights);
    },
  };
}

function results(
  transform: EventTransform,
  state: Float64Array,
  count: number,
  weights?: Float64Array,
): TransformValue[] {
  return Array.from({ length: count }, (_, k) => transform.result(state, k, weights));
}

/** The value times e^(i angle). */
function turned({ re, im, logScale }: TransformValue, angle: number): TransformValue {
  setCis(angle);
  return { re: re * cis.re - im * cis.im, im: re * cis.im + im * cis.re, logScale };
}

/** A fraction of the first fill's waiting time, which is where the law leaves its starting point. */
function firstStepOf({ T }: SimulatorParameters, reader: FillReader): number {
  const { bid, ask } = reader.at(0);
  const rate = bid.rate[reader.lattice.start]! + ask.rate[reader.lattice.start]!;
  return Math.min(T / 16, 0.25 / Math.max(rate, 1e-300));
}

/** Linear between the given points; exact at them, so that increments add up. */
function interpolation(times: readonly number[], values: readonly number[]): (t: number) => number {
  return (t) => {
    let low = 0;
    let high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= t) low = middle;
      else high = middle;
    }
    const share = (t - times[low]!) / (times[high]! - times[low]!);
    return values[low]! + share * (values[high]! - values[low]!);
  };
}

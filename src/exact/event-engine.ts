import type { SimulatorParameters } from '../config/experiment.ts';
import { exp, log } from '../util/elementary.ts';
import { IntegrationError, type IntegrationOptions, integrate } from './adaptive.ts';
import { eventAtoms } from './atoms.ts';
import { cis, setCis } from './cis.ts';
import type { ExactEngine, TransformValue } from './engine.ts';
import { EventMoments } from './event-moments.ts';
import { EventTransform } from './event-transform.ts';
import { type Exponents, frequencies, imaginaryExponents, realExponents } from './exponents.ts';
import type { FillReader } from './fill-reader.ts';
import { momentState, ORDERS, Scalar, scalarAt, total } from './moment-state.ts';

/** Error of a step in the moments, relative; quotes of the HJB grid are good to about 1e-11. */
const MOMENT_TOLERANCE = 2e-11;
/** Error of a step in the characteristic function, absolute. */
const TRANSFORM_TOLERANCE = 1e-11;
/** Steps after which an exponential moment is given up: its law is one of extremes. */
const EXPONENTIAL_STEPS = 2000;

/**
 * The event scheme: linear differential equations, by adaptive collocation.
 * @param mostLost probability that may leave the lattice; beyond it there is no engine, which is known early
 */
export function eventEngine(
  market: SimulatorParameters,
  reader: FillReader,
  mostLost: number,
): ExactEngine | undefined {
  const { T } = market;
  const { lattice } = reader;
  const firstStep = firstStepOf(market, reader);
  const times = [0];
  const means = [0];
  const meanAt = scalarAt(lattice.width, Scalar.mean);
  const lostAt = scalarAt(lattice.width, Scalar.lost);
  const { state } = integrate(new EventMoments(market, reader), momentState(lattice.width, lattice.start), T, {
    tolerance: MOMENT_TOLERANCE,
    firstStep,
    onStep(t, reached) {
      times.push(t);
      means.push(reached[meanAt]!);
      return reached[lostAt]! <= mostLost;
    },
  });
  if (state[lostAt]! > mostLost) return undefined;
  const centre = interpolation(times, means);
  const fills = total(state, lattice.width, ORDERS);
  const transformOf = (exponents: Exponents, phase = centre) =>
    new EventTransform(market, reader, exponents, phase, fills / T);
  const integrated = (transform: EventTransform, options: Omit<IntegrationOptions, 'firstStep'>) =>
    integrate(transform, transform.initial(), T, { firstStep, ...options });

  return {
    market,
    moments: { lattice, state },
    atoms: eventAtoms(market, exp(-state[scalarAt(lattice.width, Scalar.leavingZero)]!)),
    frequencies(first, count, spacing) {
      // With many fills the phase of the mean is what oscillates; with few it is smaller than what taking it off brings in.
      const isCentred = (first + count) * spacing * Math.abs(means.at(-1)!) <= 2 * fills;
      const phase = isCentred ? centre : () => 0;
      // The steps that suit the ends and the middle of the stretch suit all of it.
      const probes = [first, first + (count >> 2), first + (count >> 1), first + count - 1].map((k) => k * spacing);
      const probing = transformOf(imaginaryExponents(probes), phase);
      const { mesh } = integrated(probing, { tolerance: TRANSFORM_TOLERANCE });
      const transform = transformOf(frequencies(first, count, spacing), phase);
      let state: Float64Array = transform.initial();
      let next: Float64Array = state.slice();
      for (let n = 1; n < mesh.length; n++) {
        transform.step(state, mesh[n - 1]!, mesh[n]! - mesh[n - 1]!, next);
        [state, next] = [next, state];
      }
      const values = results(transform, state, count);
      return isCentred ? values : values.map((value, k) => turned(value, -(first + k) * spacing * means.at(-1)!));
    },
    exponential(s, { tolerance, running = 0, weights, mostLog = Number.POSITIVE_INFINITY, mostAtEdge = 1 }) {
      const transform = transformOf(realExponents([s], running));
      const mean = (t: number): number => s * centre(t);
      let isUseful = true;
      const onStep = (t: number, reached: Float64Array): boolean => {
        isUseful = transform.logScale(reached, 0) - mean(t) <= mostLog && transform.edgeShare(reached, 0) <= mostAtEdge;
        return isUseful;
      };
      try {
        const reached = integrated(transform, { tolerance, mostSteps: EXPONENTIAL_STEPS, onStep }).state;
        const { re, logScale } = transform.result(reached, 0, weights);
        return isUseful ? log(re) + logScale - mean(T) : Number.NaN;
      } catch (error) {
        if (error instanceof IntegrationError) return Number.NaN;
        throw error;
      }
    },
  };
}

function results(transform: EventTransform, state: Float64Array, count: number): TransformValue[] {
  return Array.from({ length: count }, (_, k) => transform.result(state, k));
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

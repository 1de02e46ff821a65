// @ts-check
/** Interleaved timing: on a machine that is shared, only figures taken next to each other in time can be compared. */
import { max, median, min } from 'simple-statistics';

/**
 * One timed run of an entry: nanoseconds for `units` units of work (steps, market orders, paths, runs).
 * @typedef {{ ns: number, units: number }} Timing
 */
/** @typedef {{ name: string, run: () => Timing | Promise<Timing> }} Entry */
/** Median, smallest and largest over the rounds. @typedef {{ median: number, min: number, max: number }} Spread */

/** Nanoseconds a unit, one value a round, by entry name. @typedef {Map<string, number[]>} Rounds */

/** Rounds that do not count: just-in-time compilers settle on a loop only after it has run a few times. */
const WARM_UP = 3;

/**
 * Runs the entries in turn, A B C A B C …: one round that is thrown away, then `rounds` that count.
 * @param {readonly Entry[]} entries @param {number} rounds @returns {Promise<Rounds>}
 */
export async function interleave(entries, rounds) {
  /** @type {Rounds} */
  const taken = new Map(entries.map(({ name }) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { name, run } of entries) {
      const { ns, units } = await run();
      if (round >= 0) taken.get(name)?.push(ns / units);
    }
  }
  return taken;
}

/** @param {readonly number[]} values @returns {Spread} */
export function spreadOf(values) {
  const list = [...values];
  return { median: median(list), min: min(list), max: max(list) };
}

/** The values of one entry. Throws where it was not timed.
 * @param {Rounds} rounds @param {string} name */
export function roundsOf(rounds, name) {
  const values = rounds.get(name);
  if (values === undefined) throw new Error(`${name} was not timed`);
  return values;
}

/** numerator / denominator round by round; undefined where one of them was skipped.
 * @param {readonly number[] | undefined} numerator @param {readonly number[] | undefined} denominator */
export function ratioOf(numerator, denominator) {
  if (numerator === undefined || denominator === undefined) return undefined;
  return spreadOf(numerator.map((value, round) => value / denominator[round]));
}

/**
 * Processor time of a synchronous call in nanoseconds: what engines on one core are held against each other by, since
 * it leaves out the time that other programs had the core. Resolution 1 µs; garbage collection is included.
 * @param {() => void} work
 */
export function processorTimeOf(work) {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return 1000 * (user + system);
}

/** Nanoseconds on the clock that a synchronous call takes.
 * @param {() => void} work */
export function nanosecondsOf(work) {
  const begun = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begun);
}

/** Nanoseconds on the clock until a promise is fulfilled.
 * @param {() => Promise<unknown>} work */
export async function nanosecondsUntil(work) {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun);
}

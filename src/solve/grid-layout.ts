import type { ModelParameters } from '../config/experiment.ts';
import { SolveError } from './solve-error.ts';

/** 'HJBG' read as a little-endian number; on a machine of the other byte order the check fails, as it must. */
const MAGIC = 0x47424a48;
const VERSION = 2;
const HEADER_BYTES = 16;
const MODEL_KEYS = [
  'sigma',
  'mu',
  'A',
  'k',
  'T',
  'Q_max',
  'order_size',
  'maker_fee',
  'impact',
  'gamma',
  'phi',
  'running',
  'dt',
  'delta_min',
  'delta_max',
] as const satisfies readonly (keyof ModelParameters)[];

/**
 * Views of one buffer: Uint32 header (magic, version, nodes, points), then doubles: the model's numbers (NaN for null),
 * `nodes` times, `points` inventories, `nodes` x `points` values of θ.
 */
export interface GridViews {
  readonly buffer: SharedArrayBuffer;
  readonly modelNumbers: Float64Array;
  readonly times: Float64Array;
  readonly inventories: Float64Array;
  readonly theta: Float64Array;
}

/** @throws SolveError where the grid does not fit in memory. */
export function allocateGrid(model: ModelParameters, nodes: number, points: number): GridViews {
  let buffer: SharedArrayBuffer;
  try {
    buffer = new SharedArrayBuffer(byteLength(nodes, points));
  } catch (error) {
    throw new SolveError(
      `the quote grid has ${nodes} times x ${points} inventories, which do not fit in memory: raise model.dt or lower model.Q_max`,
      { cause: error },
    );
  }
  new Uint32Array(buffer, 0, 4).set([MAGIC, VERSION, nodes, points]);
  const views = viewGrid(buffer, nodes, points);
  views.modelNumbers.set(MODEL_KEYS.map((key) => model[key] ?? Number.NaN));
  return views;
}

/** @throws SolveError where the buffer is not a quote grid of this version, or is cut short. */
export function openGrid(buffer: SharedArrayBuffer): GridViews {
  if (buffer.byteLength < HEADER_BYTES) throw new SolveError('the buffer is too short to hold a quote grid');
  const [magic, version, nodes, points] = new Uint32Array(buffer, 0, 4);
  if (magic !== MAGIC) throw new SolveError('the buffer does not hold a quote grid: pass the buffer of solveHjb');
  if (version !== VERSION) {
    throw new SolveError(
      `the quote grid has version ${version}, expected ${VERSION}: solve it again with this release`,
    );
  }
  if (buffer.byteLength !== byteLength(nodes!, points!)) {
    throw new SolveError(`a quote grid of ${nodes} x ${points} values does not have ${buffer.byteLength} bytes`);
  }
  return viewGrid(buffer, nodes!, points!);
}

export function readModel(numbers: Float64Array): ModelParameters {
  const value = (key: (typeof MODEL_KEYS)[number]) => numbers[MODEL_KEYS.indexOf(key)]!;
  const bound = (key: 'delta_min' | 'delta_max') => (Number.isNaN(value(key)) ? null : value(key));
  return {
    sigma: value('sigma'),
    mu: value('mu'),
    A: value('A'),
    k: value('k'),
    T: value('T'),
    Q_max: value('Q_max'),
    order_size: value('order_size'),
    maker_fee: value('maker_fee'),
    impact: value('impact'),
    gamma: value('gamma'),
    phi: value('phi'),
    running: value('running'),
    dt: value('dt'),
    delta_min: bound('delta_min'),
    delta_max: bound('delta_max'),
  };
}

function byteLength(nodes: number, points: number): number {
  return HEADER_BYTES + 8 * (MODEL_KEYS.length + nodes + points + nodes * points);
}

function viewGrid(buffer: SharedArrayBuffer, nodes: number, points: number): GridViews {
  let offset = HEADER_BYTES;
  const take = (count: number) => {
    const view = new Float64Array(buffer, offset, count);
    offset += 8 * count;
    return view;
  };
  return {
    buffer,
    modelNumbers: take(MODEL_KEYS.length),
    times: take(nodes),
    inventories: take(points),
    theta: take(nodes * points),
  };
}

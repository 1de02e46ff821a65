import type { ModelParameters } from '../../config/experiment.ts';
import { SolveError } from '../solve-error.ts';

/** 'HJBJ' read as a little-endian number; on a machine of the other byte order the check fails, as it must. */
const MAGIC = 0x4a424a48;
const VERSION = 1;
const HEADER_WORDS = 6;
const HEADER_BYTES = 4 * HEADER_WORDS;
/** Of the grid and the vectors over the lattice that the integration works with. */
const MAX_BYTES = 2 ** 32;
const WORKING_VECTORS = 40;

/** What a joint grid was solved for. */
export interface JointProblem {
  readonly models: readonly [ModelParameters, ModelParameters];
  readonly correlation: number;
}

/**
 * Views of one buffer: Uint32 header (magic, version, nodes n, points m1 and m2, bytes of the problem), the problem as JSON,
 * padded to a multiple of 8, then doubles: n times, m1 and m2 inventories, n x m1 x m2 values of θ.
 */
export interface JointGridViews extends JointProblem {
  readonly buffer: SharedArrayBuffer;
  readonly times: Float64Array;
  readonly inventories: readonly [Float64Array, Float64Array];
  readonly theta: Float64Array;
}

interface Counts {
  readonly nodes: number;
  readonly rows: number;
  readonly columns: number;
}

/** @throws SolveError where solving the grid needs more than 4 GiB, or it does not fit in memory. */
export function allocateJointGrid(problem: JointProblem, counts: Counts): JointGridViews {
  const text = new TextEncoder().encode(JSON.stringify(problem));
  const bytes = byteLength(counts, text.length);
  const size = `the joint quote grid of ${counts.nodes} times x ${counts.rows} x ${counts.columns} inventories`;
  const cure = 'raise model.dt or order_size, or lower Q_max';
  const needed = bytes + 8 * WORKING_VECTORS * counts.rows * counts.columns;
  if (!(needed <= MAX_BYTES)) throw new SolveError(`${size} needs ${needed} bytes, more than ${MAX_BYTES}: ${cure}`);
  let buffer: SharedArrayBuffer;
  try {
    buffer = new SharedArrayBuffer(bytes);
  } catch (error) {
    throw new SolveError(`${size} does not fit in memory: ${cure}`, { cause: error });
  }
  new Uint32Array(buffer, 0, HEADER_WORDS).set([
    MAGIC,
    VERSION,
    counts.nodes,
    counts.rows,
    counts.columns,
    text.length,
  ]);
  new Uint8Array(buffer, HEADER_BYTES, text.length).set(text);
  return viewGrid(buffer, problem, counts, text.length);
}

/** @throws SolveError where the buffer is not a joint quote grid of this version, or is cut short. */
export function openJointGrid(buffer: SharedArrayBuffer): JointGridViews {
  if (buffer.byteLength < HEADER_BYTES) throw new SolveError('the buffer is too short to hold a joint quote grid');
  const header = new Uint32Array(buffer, 0, HEADER_WORDS);
  const [magic, version] = header;
  if (magic !== MAGIC) throw new SolveError('the buffer does not hold a joint quote grid: pass that of solveJointHjb');
  if (version !== VERSION) {
    throw new SolveError(
      `the joint quote grid has version ${version}, expected ${VERSION}: solve it again with this release`,
    );
  }
  const counts = { nodes: header[2]!, rows: header[3]!, columns: header[4]! };
  const textBytes = header[5]!;
  if (buffer.byteLength !== byteLength(counts, textBytes)) {
    const { nodes, rows, columns } = counts;
    throw new SolveError(
      `a joint quote grid of ${nodes} x ${rows} x ${columns} values does not have ${buffer.byteLength} bytes`,
    );
  }
  return viewGrid(buffer, readProblem(buffer, textBytes), counts, textBytes);
}

function readProblem(buffer: SharedArrayBuffer, bytes: number): JointProblem {
  // TextDecoder does not accept shared memory.
  const text = new Uint8Array(bytes);
  text.set(new Uint8Array(buffer, HEADER_BYTES, bytes));
  try {
    const problem: JointProblem = JSON.parse(new TextDecoder().decode(text));
    return problem;
  } catch (error) {
    throw new SolveError("the joint quote grid's models were overwritten: solve it again", { cause: error });
  }
}

function paddedTo8(bytes: number): number {
  return 8 * Math.ceil(bytes / 8);
}

function byteLength({ nodes, rows, columns }: Counts, textBytes: number): number {
  return HEADER_BYTES + paddedTo8(textBytes) + 8 * (nodes + rows + columns + nodes * rows * columns);
}

function viewGrid(
  buffer: SharedArrayBuffer,
  { models, correlation }: JointProblem,
  { nodes, rows, columns }: Counts,
  textBytes: number,
): JointGridViews {
  let offset = HEADER_BYTES + paddedTo8(textBytes);
  const take = (count: number) => {
    const view = new Float64Array(buffer, offset, count);
    offset += 8 * count;
    return view;
  };
  const times = take(nodes);
  const first = take(rows);
  const second = take(columns);
  return { models, correlation, buffer, times, inventories: [first, second], theta: take(nodes * rows * columns) };
}

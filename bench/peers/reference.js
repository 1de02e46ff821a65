// @ts-check
/** Builds and drives the C reference, and holds its results against ours bit for bit. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildFolder } from '../build-folder.js';

/** @import { SteppedCell } from '../../build/src/simulate/block-request.js' */
/** @import { PathColumns } from '../../build/src/simulate/path-columns.js' */

/** The program as gcc likes it best, and without vector instructions, which JavaScript does not have. */
const binaries = { vector: path.join(buildFolder, 'reference'), scalar: path.join(buildFolder, 'reference-scalar') };
/** @typedef {keyof typeof binaries} Build */
const source = path.join(import.meta.dirname, 'reference.c');
export const compilerFlags = ['-O3', '-march=native', '-ffp-contract=off'];

/** Compiles the reference; returns gcc's version, or undefined where there is no gcc. Throws where it does not compile. */
export function buildReference() {
  const version = spawnSync('gcc', ['--version'], { encoding: 'utf8' });
  if (version.error !== undefined) return undefined;
  const scalar = ['-fno-tree-vectorize', '-fno-tree-slp-vectorize'];
  for (const [flags, binary] of /** @type {const} */ ([
    [[], binaries.vector],
    [scalar, binaries.scalar],
  ])) {
    execFileSync('gcc', [...compilerFlags, ...flags, source, '-o', binary, '-lm'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return version.stdout.split('\n', 1)[0];
}

/** Writes a cell for the peers; returns the file's name. The layout is that of read_cell in reference.c.
 * @param {string} name @param {SteppedCell} cell */
export function writeCell(name, cell) {
  const header = new ArrayBuffer(64);
  new Int32Array(header, 0, 8).set([...cell.key, cell.steps, cell.reach, cell.rows, cell.startLots]);
  new Float64Array(header, 32, 4).set([cell.dt, cell.sigma, cell.mu, cell.orderSize]);
  const file = path.join(buildFolder, `${name}.cell`);
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(header), ...[cell.gains, cell.thresholds, cell.bothFrom, cell.bands].map(bytesOf)]),
  );
  return file;
}

/** Simulates paths 0 … paths − 1; returns nanoseconds of processor time by the program's own clock.
 * @param {string} cellFile @param {number} paths @param {Build} build */
export function runReference(cellFile, paths, build) {
  return Number(execFileSync(binaries[build], [cellFile, '0', String(paths)], { encoding: 'utf8' }));
}

/** Starts one process on some of the paths; resolves when it has ended.
 * @param {string} cellFile @param {number} firstPath @param {number} paths */
export function startReference(cellFile, firstPath, paths) {
  return promisify(execFile)(binaries.vector, [cellFile, String(firstPath), String(paths)]);
}

/**
 * Simulates the paths of `ours`; returns the columns in which any bit differs.
 * @param {string} cellFile
 * @param {PathColumns} ours
 * @param {Build} build
 */
export function columnsThatDiffer(cellFile, { count, ...ours }, build) {
  const { pnl, maxDrawdown, integralQ2, fills, finalLots, maxAbsLots } = ours;
  const results = path.join(buildFolder, 'reference.columns');
  execFileSync(binaries[build], [cellFile, '0', String(count), results]);
  const theirs = readFileSync(results);
  let offset = 0;
  const differing = [];
  for (const [name, column] of Object.entries({ pnl, maxDrawdown, integralQ2, fills, finalLots, maxAbsLots })) {
    if (column === undefined) throw new Error(`the stepped scheme has no column ${name}`);
    const bytes = bytesOf(column);
    if (!bytes.equals(theirs.subarray(offset, offset + bytes.length))) differing.push(name);
    offset += bytes.length;
  }
  return differing;
}

/** @param {Float64Array | Int32Array} array */
function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}

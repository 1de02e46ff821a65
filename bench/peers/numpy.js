// @ts-check
/** Drives numpy_paths.py. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { market } from '../scenario.js';

/** @import { Fill } from '../../build/src/index.js' */

const script = path.join(import.meta.dirname, 'numpy_paths.py');

/** Without settings that would hold NumPy to another processor's kernels. */
function environment() {
  const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...rest } = process.env;
  return rest;
}

/** NumPy's version, or undefined where python3 or NumPy is missing. */
export function numpyVersion() {
  const code = 'import sys, numpy; print(f"NumPy {numpy.__version__}, Python {sys.version.split()[0]}")';
  const { status, stdout } = spawnSync('python3', ['-c', code], { encoding: 'utf8', env: environment() });
  return status === 0 ? stdout.trim() : undefined;
}

/** Starts Python and imports NumPy; nothing else. */
export function startNumpy() {
  execFileSync('python3', ['-c', 'import numpy'], { env: environment() });
}

/** Times the first `steps` steps of `paths` paths, processor time by the script's own clock; mean and std are of PnL after them.
 * @param {string} cellFile @param {Fill} fill @param {number} paths @param {number} steps
 * @returns {{ ns: number, mean: number, std: number }} */
export function runNumpy(cellFile, fill, paths, steps) {
  const numbers = [market.A, market.k, fill, paths, steps].map(String);
  return JSON.parse(execFileSync('python3', [script, cellFile, ...numbers], { encoding: 'utf8', env: environment() }));
}

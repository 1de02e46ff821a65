// @ts-check
/** What a user waits for and what a run takes: start-up to the first result, and memory, of the built command line. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder } from './build-folder.js';
import { interleave, nanosecondsOf, roundsOf, spreadOf } from './measure.js';
import { startNumpy } from './peers/numpy.js';
import { experimentOf } from './scenario.js';
import { figure, spread } from './table.js';

/** @import { Entry } from './measure.js' */
/** @import { Section } from './table.js' */
/** @import { Workload } from './scenario.js' */

const cli = path.join(import.meta.dirname, '../dist/src/cli.js');
/** Makes a process say at its end how much memory it held at most, in KiB. */
const reportMemory =
  'data:text/javascript,import{isMainThread}from"node:worker_threads";' +
  'if(isMainThread)process.on("exit",()=>console.error("maxRSS="+process.resourceUsage().maxRSS));';

/** Runs an experiment of one strategy to its report; returns wall seconds and the largest resident memory in MiB.
 * @param {Workload} workload @param {number} paths */
function runCommand(workload, paths) {
  const config = path.join(buildFolder, 'run.json');
  const output = path.join(buildFolder, 'run');
  writeFileSync(config, JSON.stringify(experimentOf(workload, 'stepped', paths)));
  rmSync(output, { recursive: true, force: true });
  let memory = '';
  const ns = nanosecondsOf(() => {
    const shell = '"$0" "$@" 2>&1 >/dev/null';
    const args = ['--import', reportMemory, cli, 'run', config, '--output-dir', output, '--no-progress'];
    memory = execFileSync('/bin/sh', ['-c', shell, process.execPath, ...args], { encoding: 'utf8' });
  });
  rmSync(output, { recursive: true, force: true });
  const kibibytes = Number(/maxRSS=(\d+)/.exec(memory)?.[1]);
  if (Number.isNaN(kibibytes)) throw new Error(`the command line did not report its memory: ${memory}`);
  return { seconds: ns / 1e9, mebibytes: kibibytes / 1024 };
}

/** @param {boolean} withNumpy @param {number} rounds */
export async function measureStartUp(withNumpy, rounds) {
  const workload = /** @type {const} */ ({ strategy: 'hjb', dt: 0.001, fill: 'poisson' });
  /** @type {Entry[]} */
  const entries = [
    {
      name: 'mm-batch run, 100 paths of hjb',
      run: () => ({ ns: runCommand(workload, 100).seconds * 1e9, units: 1e6 }),
    },
    {
      name: 'node, nothing',
      run: () => ({ ns: nanosecondsOf(() => execFileSync(process.execPath, ['-e', '0'])), units: 1e6 }),
    },
  ];
  if (withNumpy)
    entries.push({ name: 'python3, import numpy', run: () => ({ ns: nanosecondsOf(startNumpy), units: 1e6 }) });
  const taken = await interleave(entries, rounds);
  const rows = entries.map(({ name }) => ({ name, ms: spreadOf(roundsOf(taken, name)) }));
  /** @type {Section} */
  const section = {
    title: 'Start-up to the first result',
    head: ['', 'wall ms (min–max)'],
    rows: rows.map(({ name, ms }) => [name, spread(ms)]),
  };
  return { section, data: rows };
}

/** @param {readonly number[]} counts of paths */
export function measureMemory(counts) {
  const workload = /** @type {const} */ ({ strategy: 'constant', dt: 0.1, fill: 'poisson' });
  const rows = counts.map((paths) => ({ paths, ...runCommand(workload, paths) }));
  /** @type {Section} */
  const section = {
    title: 'Memory of a run: one strategy, 10 steps a path',
    head: ['paths', 'largest resident MiB', 'wall s'],
    rows: rows.map(({ paths, mebibytes, seconds }) => [paths.toLocaleString('en'), figure(mebibytes), figure(seconds)]),
  };
  return { section, data: rows };
}

// @ts-check
/** `node bench/run.js [--quick]`: times engines and peers, prints the tables and writes them to bench/results/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { timeToAccuracy } from './accuracy.js';
import { measureMemory, measureStartUp } from './command-line.js';
import { availableEngines } from './engines.js';
import { compilerFlags } from './peers/reference.js';
import { measureScaling } from './scaling.js';
import { ratioSection, sectionMarkdown, sectionText } from './table.js';
import { measureThroughput, throughputRatios } from './throughput.js';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
const rounds = 5;
/** Steps of one timed run of a fast engine; slower ones do a share of them. */
const steps = quick ? 2.5e6 : 2e7;
const memoryPaths = quick ? [1e4, 1e6] : [1e4, 1e6, 1e7];

const begun = performance.now();
const { engines, notes, versions } = availableEngines();
const withReference = engines['reference'] !== undefined;
const throughput = await measureThroughput(engines, steps, rounds);
const accuracy = timeToAccuracy(throughput.pathTimes, throughput.deviationOf);
const scaling = await measureScaling(withReference, 5 * steps, rounds);
const startUp = await measureStartUp(engines['numpy'] !== undefined, rounds);
const memory = measureMemory(memoryPaths);

const ratios = [...throughputRatios(throughput.pathTimes), ...scaling.ratios, ...accuracy.ratios];
const sections = [
  throughput.section,
  accuracy.section,
  scaling.section,
  startUp.section,
  memory.section,
  ratioSection('Ratios of speed, round by round; above 1 the first is faster', ratios),
];
const machine = {
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  node: process.version,
  gcc: versions.gcc === undefined ? 'none' : `${versions.gcc}, ${compilerFlags.join(' ')}`,
  numpy: versions.numpy === undefined ? 'none' : `${versions.numpy}, batches of ${versions.numpyBatch} paths`,
};
const title = `mm-batch benchmark${quick ? ' (quick)' : ''}`;
const facts = [
  ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
  `medians (min–max) of ${rounds} interleaved rounds after three to warm up; ${((performance.now() - begun) / 1000).toFixed(0)} s in all`,
  ...notes,
];
const text = [title, ...facts, '', ...sections.map(sectionText)].join('\n');
const markdown = [`# ${title}`, '', ...facts.map((fact) => `- ${fact}`), '', ...sections.map(sectionMarkdown)].join(
  '\n',
);
const figures = {
  machine,
  rounds,
  quick,
  notes,
  throughput: throughput.data,
  timeToAccuracy: accuracy.data,
  scaling: scaling.data,
  startUp: startUp.data,
  memory: memory.data,
  ratios,
};

const folder = path.join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const write = (/** @type {string} */ ending, /** @type {string} */ content) =>
  writeFileSync(path.join(folder, `${quick ? 'quick' : 'full'}.${ending}`), content);
write('txt', text);
write('md', markdown);
write('json', `${JSON.stringify(figures, undefined, 2)}\n`);
process.stdout.write(text);

// Bundles the command line, the library and the entry points of worker threads into dist: a process loads a few files in
// place of hundreds of modules, and of a command that is not asked for none. One graph, so that whoever imports the
// library from within a run (a policy of a custom strategy) meets the very modules of the run.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { noticesOf } from './notices.js';

const ENTRIES = ['src/cli', 'src/index', 'workers/fold-range', 'workers/play-rollout', 'workers/simulate-block'];

/** Packages of many modules, or that every command needs: they are bundled, though listed as dependencies for those who audit. */
const INLINED = [
  'cli-progress',
  'cli-table3',
  'csv-parse',
  'csv-stringify',
  'simple-statistics',
  'yaml',
  'yargs',
  'zod',
];
const { dependencies, optionalDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
const external = Object.keys({ ...dependencies, ...optionalDependencies })
  .filter((name) => !INLINED.includes(name))
  .map((name) => new RegExp(`^${name}(/|$)`));

const bundle = await rolldown({
  input: Object.fromEntries(ENTRIES.map((entry) => [entry, `${entry}.ts`])),
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external,
});
// Neither minified nor with source maps: it loads no faster, and a stack trace names functions as the sources do.
const { output } = await bundle.write({ dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name].js' });
await bundle.close();
const notices = await noticesOf(output.flatMap(({ modules }) => Object.keys(modules)));
await writeFile('dist/NOTICES', `The files of this folder contain:\n\n${notices}\n`);

// The types, as the compiler wrote them beside the modules that the benchmarks time one by one.
await cp('build', 'dist', { recursive: true, filter: (file) => !file.endsWith('.js') });

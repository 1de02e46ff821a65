/** kill -9 at random moments: whatever a run was at, going on with it gives the bytes of one that was left alone. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import { type Finished, finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';

const KILLS = 50;
/** Kills of one run before it is let go to its end. */
const KILLS_A_RUN = 8;
const FILES = ['summary.csv', 'comparisons.csv', 'best.csv', 'paths.csv'];

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const random = seedrandom('kills');

// Paths that take time and no processor, so that there is something to kill on any machine.
writeFileSync(
  at('slow.mjs'),
  `const never = new Int32Array(new SharedArrayBuffer(4));
export const policy = {
  create() {
    Atomics.wait(never, 0, 0, 2);
    return (t, q, S) => [S - 0.7 - 0.05 * q, S + 0.7 - 0.05 * q];
  },
};
`,
);
writeFileSync(
  at('cells.yaml'),
  `paths: 40
simulator: {sigma: 2, A: 20, k: 1.5, scheme: event, Q_max: 4}
model: {dt: 0.1, delta_min: null, delta_max: null}
strategies: [hjb, {type: custom, module: ./slow.mjs, name: slow}]
sweep: {seed: {from: 1, to: 12, step: 1}}
`,
);

const journalBytes = (output: string): number =>
  existsSync(at(output, 'journal.bin')) ? statSync(at(output, 'journal.bin')).size : 0;
const isReporting = (output: string): boolean =>
  existsSync(at(output)) && readdirSync(at(output)).some((name) => /summary|comparisons|best|manifest/.test(name));

/** Starts a command and kills it, if it still runs, when `isTime` says so or after so many milliseconds. */
async function killed(args: readonly string[], isTime: () => boolean, after = Infinity): Promise<Finished> {
  const child = startCli(args, folder);
  const end = finished(child);
  const begun = performance.now();
  while (child.exitCode === null && !isTime() && performance.now() - begun < after) await setTimeout(4);
  child.kill('SIGKILL');
  return end;
}

it(`${KILLS} times: the resumed runs have the same bytes`, async () => {
  const common = ['--export-paths', '--no-html', '--no-progress', '--journal', 'keep'];
  const begun = performance.now();
  expect((await runCli(['run', 'cells.yaml', '--output-dir', 'alone', ...common], folder)).code).toBe(0);
  const alone = performance.now() - begun;
  const whole = journalBytes('alone');
  const reference = FILES.map((file) => readFileSync(at('alone', file), 'utf8'));
  const counts = { kills: 0, runs: 0, takenOver: 0 };
  while (counts.kills < KILLS) {
    const output = `killed-${counts.runs}`;
    const workers = ['--workers', counts.runs % 2 === 0 ? '0' : String(1 + ((counts.runs >> 1) % 2))];
    counts.runs++;
    for (let attempt = 0; ; attempt++) {
      const before = journalBytes(output);
      const fresh = ['run', 'cells.yaml', '--output-dir', output, ...common, ...workers];
      const args = before > 0 ? ['resume', output, ...common, ...workers] : fresh;
      const grown = before + 0.2 * random() * whole;
      const moment = random() * alone;
      // By turns while blocks come in, at any moment, and while the report is written.
      const kill = (what: readonly string[]): Promise<Finished> => {
        if (attempt === KILLS_A_RUN) return runCli(what, folder);
        if (attempt === KILLS_A_RUN - 1) return killed(what, () => isReporting(output));
        return attempt % 2 === 0 ? killed(what, () => journalBytes(output) > grown) : killed(what, () => false, moment);
      };
      let result = await kill(args);
      // Killed between making its journal and writing to it.
      if (result.stderr.includes('nothing was kept')) result = await kill(fresh);
      if (/[1-9]\d* of \d+ paths are taken over/.test(result.stderr)) counts.takenOver++;
      if (result.code === null) {
        counts.kills++;
        continue;
      }
      expect(result).toMatchObject({ code: 0, stderr: expect.not.stringContaining('damaged') });
      break;
    }
    // Not toEqual: a difference of many lines would be printed.
    for (const [i, file] of FILES.entries())
      expect(readFileSync(at(output, file), 'utf8') === reference[i], `${output}/${file}`).toBe(true);
    expect(readdirSync(at(output)).sort()).toEqual([...FILES, 'journal.bin', 'manifest.json'].sort());
  }
  expect(counts.kills).toBeGreaterThanOrEqual(KILLS);
  expect(counts.takenOver).toBeGreaterThan(0);
}, 1_800_000);

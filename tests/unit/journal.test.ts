/** The journal's file: what survives damage to it, and failing disks. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/index.ts';
import { planRun, type RunPlan } from '../../src/plan/plan.ts';
import { experimentRecordOf } from '../../src/report/journal/experiment-record.ts';
import { Journal, journalFile } from '../../src/report/journal/journal.ts';
import { findRun, openJournal } from '../../src/report/journal/open-journal.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';

const CHOICE = { maxDrawdown: true, meanEstimator: false };
const PATHS = 100;

const plan = planRun(
  checkExperiment({ paths: PATHS, strategies: ['hjb', 'constant'], simulator: { dt: 0.1 }, model: { dt: 0.1 } }),
);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mm-batch-test-'));
  folders.push(folder);
  return folder;
}

/** Columns whose slots say which path they are of. */
function columnsOf(cell: number): SharedArrayBuffer {
  const buffer = allocatePathColumns(PATHS, CHOICE);
  const columns = viewPathColumns(buffer);
  for (let i = 0; i < PATHS; i++) {
    columns.pnl[i] = cell + i / 7;
    columns.integralQ2[i] = i * i;
    columns.maxDrawdown?.set([-i], i);
    columns.fills[i] = i;
    columns.maxAbsLots[i] = -i;
    columns.finalLots[i] = 3 * i;
  }
  return buffer;
}

interface Opened {
  readonly journal: Journal;
  readonly notes: string[];
  readonly failures: Error[];
}

async function opened(folder: string, resume = true, of: RunPlan = plan): Promise<Opened> {
  const [notes, failures]: [string[], Error[]] = [[], []];
  const experiment = experimentRecordOf(of, undefined);
  if (experiment === undefined) throw new Error('no record');
  const journal = await openJournal(folder, of, {
    experiment,
    resume,
    isOff: false,
    delay: 0,
    note: (line) => notes.push(line),
    onFailure: (error) => failures.push(error),
    onFull: () => notes.push('full'),
  });
  if (journal === undefined) throw new Error('no journal');
  return { journal, notes, failures };
}

/** Keeps blocks of ten paths of both cells, each in a write of its own, with `throughMid` 1 for each. */
async function written(folder: string, blocks: readonly number[]): Promise<void> {
  for (const firstPath of blocks) {
    const { journal } = await opened(folder);
    for (const cell of plan.cells) await journal.keep(cell, columnsOf(cell.index), { firstPath, paths: 10 }, 1);
    await journal.suspend();
  }
}

/** What a resumed run gets back of a cell, checked slot by slot. */
async function recalled(
  folder: string,
  cell = 0,
): Promise<{ missing: number[][]; notes: string[]; throughMid: number }> {
  const { journal, notes } = await opened(folder);
  const buffer = allocatePathColumns(PATHS, CHOICE);
  const columns = viewPathColumns(buffer);
  columns.pnl.fill(Number.NaN);
  const missing = await journal.recall(plan.cells[cell]!, buffer, { firstPath: 0, paths: PATHS });
  const expected = viewPathColumns(columnsOf(cell));
  const isMissing = (i: number) => missing.some(({ firstPath, paths }) => i >= firstPath && i < firstPath + paths);
  for (let i = 0; i < PATHS; i++) {
    expect(columns.pnl[i], `path ${i}`).toEqual(isMissing(i) ? Number.NaN : expected.pnl[i]);
    if (isMissing(i)) continue;
    const slots = [columns, expected].map((c) => [c.integralQ2, c.maxDrawdown, c.fills, c.finalLots, c.maxAbsLots]);
    expect(slots[0]?.map((column) => column?.[i])).toEqual(slots[1]?.map((column) => column?.[i]));
  }
  await journal.suspend();
  const throughMid = columns.saturatedQuotes?.[0] ?? 0;
  return { missing: missing.map(({ firstPath, paths }) => [firstPath, paths]), notes, throughMid };
}

describe('a journal', () => {
  it('gives back what was kept, slot by slot, and says what is missing', async () => {
    const folder = newFolder();
    await written(folder, [30, 0, 40, 90]);
    expect(await recalled(folder, 1)).toMatchObject({
      missing: [
        [10, 20],
        [50, 40],
      ],
      throughMid: 4,
    });
    expect(await findRun(folder)).toMatchObject({ isFinished: false, record: { hash: plan.hash, name: plan.name } });
  });

  it('joins neighbouring blocks of any sizes and any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
        fc.integer(),
        async (sizes, seed) => {
          const folder = newFolder();
          let at = 0;
          const blocks = sizes.flatMap((paths) => {
            const block = { firstPath: at, paths: Math.min(paths, PATHS - at) };
            at += block.paths;
            return block.paths > 0 ? [block] : [];
          });
          const shuffled = blocks.toSorted(
            (a, b) => ((a.firstPath * 7919 + seed) % 101) - ((b.firstPath * 7919 + seed) % 101),
          );
          const { journal } = await opened(folder);
          const columns = columnsOf(0);
          for (const block of shuffled) await journal.keep(plan.cells[0]!, columns, block, 2);
          await journal.suspend();
          const { missing, throughMid } = await recalled(folder);
          expect(missing).toEqual(at < PATHS ? [[at, PATHS - at]] : []);
          expect(throughMid).toBe(2 * blocks.length);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('drops a last record that was not written whole, wherever it was cut, and goes on after it', async () => {
    const folder = newFolder();
    await written(folder, [0]);
    const whole = readFileSync(journalFile(folder)).byteLength;
    await written(folder, [10]);
    const size = readFileSync(journalFile(folder)).byteLength;
    for (let cut = size - 1; cut > whole; cut -= 97) {
      truncateSync(journalFile(folder), cut);
      const { missing, notes } = await recalled(folder, 1);
      expect(missing).toEqual([[10, 90]]);
      expect(notes.join('\n')).toContain('were not written whole');
    }
    await written(folder, [20]);
    expect((await recalled(folder, 1)).missing).toEqual([
      [10, 10],
      [30, 70],
    ]);
  });

  it('names a damaged record, leaves it out, and reads those after it: every byte of one flipped', async () => {
    const folder = newFolder();
    await written(folder, [0]);
    const from = readFileSync(journalFile(folder)).byteLength;
    await written(folder, [10]);
    await written(folder, [20]);
    const intact = readFileSync(journalFile(folder));
    const to = from + 2 * 36 + 10 * 36 + 700;
    let named = 0;
    for (let at = from; at < to; at += 5) {
      const damaged = Buffer.from(intact);
      damaged[at] = damaged[at]! ^ 0x10;
      writeFileSync(journalFile(folder), damaged);
      const { notes } = await opened(folder);
      const lines = notes.filter((line) => line.includes('damaged at byte'));
      expect(lines, `byte ${at}`).toHaveLength(1);
      if (/paths 10 to 19 of (hjb|constant), scenario 0/.test(lines[0] ?? '')) named++;
      const { missing } = await recalled(folder, 0);
      // Never a wrong number, and what comes after is read.
      expect(missing.filter(([first]) => first === 10 || first === 30)).toHaveLength(missing.length);
      expect(missing.at(-1)).toEqual([30, 70]);
    }
    expect(named).toBeGreaterThan(50);
  });

  it('takes garbage after its end for an unfinished record, and a file of garbage for no journal', async () => {
    const folder = newFolder();
    await written(folder, [0]);
    appendFileSync(journalFile(folder), Buffer.alloc(5000, 0x52));
    expect((await recalled(folder)).missing).toEqual([[10, 90]]);
    writeFileSync(journalFile(folder), Buffer.alloc(5000, 0x4a));
    expect(await findRun(folder)).toBeUndefined();
    await expect(opened(folder)).rejects.toThrow(/names no experiment/);
  });

  it('is refused by a plan whose paths would be others, and by another version', async () => {
    const folder = newFolder();
    await written(folder, [0]);
    const other = planRun(checkExperiment({ paths: PATHS, seed: 7, strategies: ['hjb', 'constant'] }));
    await expect(opened(folder, true, other)).rejects.toThrow(/of another experiment/);
    const file = journalFile(folder);
    const experiment = { ...experimentRecordOf(plan, undefined)!, version: '0.0.1' };
    rmSync(file);
    const journal = new Journal(folder, { experiment, delay: 0, onFailure: () => {}, onFull: () => {} });
    await journal.keep(plan.cells[0]!, columnsOf(0), { firstPath: 0, paths: 10 }, 0);
    await journal.suspend();
    await expect(opened(folder)).rejects.toThrow(/begun by mm-batch 0\.0\.1, this is .*do not mix/);
  });
});

describe('a disk that refuses writes', () => {
  it('ends the run with one error that names the file, and leaves whole records', async () => {
    const folder = newFolder();
    await written(folder, [0]);
    const failures: Error[] = [];
    let isFull = false;
    const openFile = async (file: string): Promise<FileHandle> => {
      const handle = await open(file, 'wx+');
      const writev = handle.writev.bind(handle);
      handle.writev = (async (buffers: readonly Uint8Array[], position: number) => {
        if (!isFull) return writev(buffers, position);
        // A part fits, then nothing.
        await handle.write(buffers[0]!, 0, 7, position);
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      }) as typeof handle.writev;
      return handle;
    };
    rmSync(journalFile(folder));
    const experiment = experimentRecordOf(plan, undefined)!;
    const onFailure = (error: Error): void => void failures.push(error);
    const journal = new Journal(folder, { experiment, delay: 0, onFailure, onFull: () => {}, openFile });
    const buffer = columnsOf(0);
    await journal.keep(plan.cells[0]!, buffer, { firstPath: 0, paths: 10 }, 0);
    const file = journalFile(folder);
    // The experiment and the first paths.
    while (!existsSync(file) || readFileSync(file, 'latin1').split('RJmm').length < 3) await setTimeout(20);
    isFull = true;
    await journal.keep(plan.cells[0]!, buffer, { firstPath: 10, paths: 10 }, 0);
    expect(await journal.suspend()).toBe(true);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toMatch(/journal\.bin: cannot write it: no space is left on the disk.*ENOSPC/);
    expect(await recalled(folder)).toMatchObject({
      missing: [[10, 90]],
      notes: [expect.stringContaining('10 of 200')],
    });
  });
});

/** Ranges of paths that are folded apart: through bytes, in any grouping, they give the bits of a run in one piece. */
import { describe, expect, it } from 'vitest';
import { cellFacts } from '../../src/aggregate/cell-facts.ts';
import { type CellPilot, cellPilotOf } from '../../src/aggregate/pilot.ts';
import { foldChunk, pathsOf, type RangeAggregate, RangeFold } from '../../src/aggregate/range-aggregate.ts';
import { decodeRange, encodeRange } from '../../src/aggregate/range-codec.ts';
import { ResultCollector, type RunResult } from '../../src/aggregate/results.ts';
import { checkExperiment } from '../../src/index.ts';
import { planRun, type RunPlan } from '../../src/plan/plan.ts';
import { PILOT_PATHS } from '../../src/simulate/memory-estimate.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { columnsOf } from '../../src/simulate/prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';
import { ByteReader, ByteWriter, count, double, text } from '../../src/util/codec.ts';

const PATHS = 5000;
/** Ends of chunks; the first holds the pilot's paths. */
const ENDS = [4200, 4600, 4998, PATHS];

function planOf(keys: Record<string, unknown>): RunPlan {
  return planRun(
    checkExperiment({
      paths: PATHS,
      statistics: 'sketch',
      simulator: { sigma: 2, A: 140, k: 1.5, Q_max: 10 },
      strategies: ['constant', { type: 'constant', name: 'wide' }, { type: 'constant', name: 'third' }],
      risk: { ratios: true, drawdown: true, decompose: true, levels: [0.99] },
      ...keys,
    }),
  );
}

const asset = { simulator: { sigma: 2, A: 140, k: 1.5, Q_max: 10 } };
const plans: readonly (readonly [string, RunPlan])[] = [
  ['independent paths', planOf({})],
  ['antithetic pairs', planOf({ variance_reduction: 'antithetic' })],
  [
    'the mean by control',
    planOf({ variance_reduction: 'control', risk: {}, simulator: { sigma: 2, A: 140, k: 1.5, scheme: 'event' } }),
  ],
  [
    'a portfolio',
    planOf({
      simulator: {},
      risk: {},
      assets: [
        { name: 'x', ...asset },
        { name: 'y', ...asset },
      ],
    }),
  ],
];

/** Columns of paths firstPath … end − 1 that are functions of the path alone. */
function columnsFor(plan: RunPlan, cell: number, firstPath: number, end: number): PathColumns {
  const scenario = plan.scenarios[0]!;
  const columns = viewPathColumns(allocatePathColumns(end - firstPath, columnsOf({ scenario }), undefined, firstPath));
  const fill = (part: PathColumns, offset: number): void => {
    for (let slot = 0; slot < end - firstPath; slot++) {
      const path = firstPath + slot;
      const noise = Math.sin(path * 12.9898 + cell + offset) * 43758.5453;
      const z = noise - Math.floor(noise);
      part.pnl[slot] = 60 + 30 * (z - 0.5) ** 3 + cell * Math.sin(path);
      part.integralQ2[slot] = z;
      part.fills[slot] = Math.floor(100 * z);
      part.finalLots[slot] = Math.floor(7 * z) - 3;
      part.maxAbsLots[slot] = 4 + Math.floor(3 * z);
      for (const own of [part.maxDrawdown, part.meanEstimator, part.fillGains, part.boundTime]) {
        if (own !== undefined) own[slot] = z * z + offset;
      }
    }
    part.assets?.forEach((own, i) => {
      fill(own, i + 1);
    });
  };
  fill(columns, 0);
  return columns;
}

const diagnostics = { bounds: [undefined], intensitySteps: undefined };

/** The paths of each cell chunk by chunk, as a run delivers them. @param broken path of cell 1 whose PnL is no number */
function inOnePiece(plan: RunPlan, broken?: number): RunResult {
  const collector = new ResultCollector(plan);
  ENDS.forEach((end, i) => {
    const firstPath = ENDS[i - 1] ?? 0;
    for (const cell of plan.cells) {
      const columns = columnsFor(plan, cell.index, firstPath, end);
      if (cell.index === 1) breakPath(columns, broken);
      const chunk = { cell, firstPath, paths: end - firstPath, last: end === PATHS, statistics: 'sketch' } as const;
      collector.add({ ...chunk, state: 'done', columns, diagnostics, release: () => {} });
    }
  });
  return collector.result();
}

function breakPath({ pnl, firstPath, count: paths }: PathColumns, broken = Number.POSITIVE_INFINITY): void {
  if (broken >= firstPath && broken < firstPath + paths) pnl[broken - firstPath] = Number.NaN;
}

/** Each chunk folded by itself, as on machines that know nothing of each other but the pilots. */
function folded(plan: RunPlan, broken?: number): RangeAggregate[] {
  const scenario = plan.scenarios[0]!;
  const pilots = plan.cells.map((cell): CellPilot => {
    const columns = columnsFor(plan, cell.index, 0, PILOT_PATHS);
    return cellPilotOf(columns, cellFacts(cell));
  });
  return ENDS.map((end, i) => {
    const firstPath = ENDS[i - 1] ?? 0;
    const parts = plan.cells.map(({ index }) => {
      const columns = columnsFor(plan, index, firstPath, end);
      if (index === 1) breakPath(columns, broken);
      return { columns, pilot: pilots[index]! };
    });
    return decodeRange(encodeRange(foldChunk(scenario, firstPath, end - firstPath, parts)));
  });
}

function collected(plan: RunPlan, ranges: readonly RangeAggregate[]): RunResult {
  const collector = new ResultCollector(plan);
  ranges.forEach((range, i) => {
    collector.addRange(plan.cells, range, i === ranges.length - 1 ? plan.cells.map(() => diagnostics) : undefined);
  });
  return collector.result();
}

function joined(plan: RunPlan, ranges: readonly RangeAggregate[]): RangeAggregate {
  const fold = new RangeFold(plan.scenarios[0]!, ranges[0]!.firstPath);
  for (const range of ranges) fold.addRange(range);
  return decodeRange(encodeRange(fold.result()));
}

describe.each(plans)('%s', (_, plan) => {
  it('folded chunk by chunk, through bytes, in any grouping, gives the bits of one piece', () => {
    const whole = inOnePiece(plan);
    expect(whole.scenarios[0]?.strategies.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    const ranges = folded(plan);
    const [a, b, c, d] = ranges as [RangeAggregate, RangeAggregate, RangeAggregate, RangeAggregate];
    expect(collected(plan, ranges)).toStrictEqual(whole);
    expect(collected(plan, [joined(plan, ranges)])).toStrictEqual(whole);
    expect(collected(plan, [a, joined(plan, [b, joined(plan, [c, d])])])).toStrictEqual(whole);
    expect(pathsOf(joined(plan, [b, c]))).toBe(798);
  });
});

describe('a cell that fails in a range', () => {
  const plan = planOf({});

  it.each([17, 4999])('at path %i has the message of the run in one piece', (path) => {
    const whole = inOnePiece(plan, path);
    expect(whole.scenarios[0]?.strategies[1]).toMatchObject({
      state: 'failed',
      message: `pnl: expected finite numbers, got NaN at path ${path}`,
    });
    const ranges = folded(plan, path);
    expect(collected(plan, ranges)).toStrictEqual(whole);
    expect(collected(plan, [joined(plan, ranges)])).toStrictEqual(whole);
  });
});

describe('bytes', () => {
  const range = foldChunk(planOf({}).scenarios[0]!, 0, 1, [{ error: new Error('none') }]);
  it('numbers and texts come back to the last bit', () => {
    const writer = new ByteWriter();
    const doubles = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, -1.1];
    const counts = [0, 127, 128, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER];
    for (const value of doubles) double.write(writer, value);
    for (const value of counts) count.write(writer, value);
    text.write(writer, 'δ⁺ '.repeat(600));
    const reader = new ByteReader(writer.bytes);
    expect(doubles.map(() => double.read(reader))).toStrictEqual(doubles);
    expect(counts.map(() => count.read(reader))).toStrictEqual(counts);
    expect(text.read(reader)).toBe('δ⁺ '.repeat(600));
    reader.end();
    expect(() => count.read(reader)).toThrow(RangeError);
  });

  it('a range must follow the one before', () => {
    const fold = new RangeFold(planOf({}).scenarios[0]!, 0);
    fold.addRange(range);
    expect(() => fold.addRange(range)).toThrow('expected path 1 of scenario 0, got path 0 of scenario 0');
  });

  it('what is no range of paths is refused', () => {
    expect(() => decodeRange(Buffer.from('no range'))).toThrow('its bytes cannot be read');
    const bytes = encodeRange(range);
    expect(() => decodeRange(bytes.subarray(0, bytes.length / 2))).toThrow(RangeError);
  });
});

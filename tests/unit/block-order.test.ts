import { expect, it } from 'vitest';
import { blocksOf, blockWorkOf } from '../../src/plan/blocks.ts';
import { GridCache } from '../../src/simulate/grid-cache.ts';
import { prepareCell } from '../../src/simulate/prepare-cell.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';
import { simulateBlock } from '../../src/simulate/simulate-block.ts';
import { blockWorkIn } from '../../src/simulate/work-estimate.ts';
import { market, modelOf, strategy } from '../support/simulate.ts';

const PATHS = 1000;
const scenario = {
  model: modelOf(market),
  strategies: [],
  paths: PATHS,
  seed: 'order',
  pathwise: false,
  statistics: 'auto' as const,
  index: 0,
  point: {},
};

it.each([
  ['stepped', 'none'],
  ['stepped', 'antithetic'],
  // The event scheme draws more or fewer numbers at once after what earlier paths of the block took.
  ['event', 'none'],
  ['event', 'antithetic'],
] as const)('fills the same slots in any order and any cut of the blocks: %s, %s', (scheme, variance_reduction) => {
  const cell = { ...scenario, simulator: { ...market, scheme }, variance_reduction };
  const { request, columns: choice } = prepareCell(
    { index: 0, scenario: cell, strategy: strategy('inventory_aware') },
    new GridCache(),
  );
  const simulateIn = (blocks: readonly { readonly firstPath: number; readonly paths: number }[]): Uint8Array => {
    const columns = allocatePathColumns(PATHS, choice);
    for (const block of blocks) simulateBlock({ cell: request, ...block, columns });
    return new Uint8Array(columns);
  };
  const forwards = simulateIn([{ firstPath: 0, paths: PATHS }]);
  expect(viewPathColumns(forwards.buffer as SharedArrayBuffer).fills.every((fills) => fills > 0)).toBe(true);
  const ones = [...Array(PATHS).keys()].map((firstPath) => ({ firstPath, paths: 1 }));
  for (const blocks of [[...blocksOf(PATHS, 2500)].reverse(), [...blocksOf(PATHS, 30_000)], ones]) {
    expect(Buffer.compare(simulateIn(blocks), forwards)).toBe(0);
  }
});

it('refuses a buffer that is not its own', () => {
  expect(() => viewPathColumns(new SharedArrayBuffer(64))).toThrow(/not a path-columns buffer/);
});

it('cuts a cell with much work into longer blocks, and never into fewer than others have', () => {
  expect([1e6, 6.4e7, 1e8, 1e9].map(blockWorkOf)).toEqual([250_000, 250_000, 390_625, 1_000_000]);
  for (const work of [1e7, 1e8, 2e8, 1e9])
    expect(work / blockWorkOf(work)).toBeGreaterThanOrEqual(Math.min(256, work / 250_000));
});

it('does not grow blocks of paths that are walked, which have a time limit', () => {
  const large = { ...scenario, simulator: market, variance_reduction: 'none', paths: 1e8 } as const;
  expect(blockWorkIn(large)).toBe(1_000_000);
  expect(blockWorkIn({ ...large, pathwise: true })).toBe(250_000);
});

import type { ModelParameters, Portfolio } from '../../config/experiment.ts';
import { assetCells } from '../../plan/asset-cells.ts';
import type { Cell, PlannedScenario } from '../../plan/plan.ts';
import type { BoundShares } from '../../solve/quote-bounds.ts';
import { beliefOf } from '../../strategies/belief.ts';
import { jointStrategyOf, policyOf } from '../../strategies/index.ts';
import type { JointRule } from '../../strategies/joint-rule.ts';
import type { QuoteRule } from '../../strategies/strategy.ts';
import { choleskyFactor } from '../../util/cholesky.ts';
import type { PortfolioCell, WalkCell } from '../block-request.ts';
import type { BufferPool } from '../buffer-pool.ts';
import { makerOf } from '../cell-maker.ts';
import type { GridCache } from '../grid-cache.ts';
import { keyOfAsset } from '../random/seed-key.ts';
import { prepareWalk, walkLattice } from '../walk/prepare-walk.ts';
import { tabulateQuotes } from '../walk/quote-table.ts';
import { throughMidOf } from '../walk/through-mid.ts';
import { type TimeNode, writeTimeRows } from '../walk/time-nodes.ts';
import { priceDriversOf } from './correlated-normals.ts';
import { jointBoundShares } from './joint-bound-shares.ts';
import { nearestQuotes, tabulateJointQuotes } from './joint-quote-table.ts';

/** What workers need for a cell that is walked. */
export interface WalkedCell {
  readonly request: WalkCell | PortfolioCell;
  /** The shared memory of its quotes; undefined where policies make them on the way. */
  readonly table: SharedArrayBuffer | undefined;
  /** For each asset, shares of the solved grid where a quote bound binds; undefined where the strategy asked for no grid. */
  readonly bounds: readonly (BoundShares | undefined)[];
}

/** Readies a cell that is walked along its paths: one asset, or a portfolio of them. */
export function prepareWalkedCell(cell: Cell, grids: GridCache, pool: BufferPool): WalkedCell {
  const { portfolio } = cell.scenario;
  const joint = portfolio && jointRuleOf(cell, portfolio, grids);
  return joint === undefined ? separateMakers(cell, grids, pool) : jointMaker(cell, joint, grids, pool);
}

function separateMakers(cell: Cell, grids: GridCache, pool: BufferPool): WalkedCell {
  const cells = assetCells(cell);
  const makers = cells.map((asset) => makerOf(asset, grids));
  const nodes = makers.map(({ rule }, i): TimeNode[] => {
    const { simulator } = cells[i]!.scenario;
    return rule === undefined ? [] : tabulateQuotes(simulator, rule, walkLattice(simulator));
  });
  const tabulated = nodes.some(({ length }) => length > 0) ? writeTimeRows(nodes, pool) : undefined;
  const assets = walksOf(cell, grids).map((walk, i): WalkCell => {
    const quotes = tabulated && { ...tabulated.rows[i]!, reach: walkLattice(walk.market).reach };
    return { ...walk, quotes, grid: makers[i]!.grid?.buffer };
  });
  return {
    request: cell.scenario.portfolio === undefined ? assets[0]! : { scheme: 'portfolio', assets, joint: undefined },
    table: tabulated?.buffer,
    bounds: makers.map(({ bounds }) => bounds()),
  };
}

function jointMaker(cell: Cell, { rule, models }: JointMaker, grids: GridCache, pool: BufferPool): WalkedCell {
  const nodes = tabulateJointQuotes(rule, models, cell.scenario.simulator.T);
  const { buffer, rows } = writeTimeRows([nodes], pool);
  const joint = { ...rows[0]!, reaches: rule.reaches };
  return {
    request: { scheme: 'portfolio', assets: walksOf(cell, grids), joint },
    table: buffer,
    bounds: jointBoundShares(joint, models),
  };
}

/** The walk of each asset, without what its maker brings. */
function walksOf(cell: Cell, grids: GridCache): WalkCell[] {
  const { seed, portfolio } = cell.scenario;
  const cells = assetCells(cell);
  const throughMids = throughMidsOf(cell.scenario, grids);
  const factor = portfolio && choleskyFactor(portfolio.correlation);
  const keys = cells.map((_, i) => keyOfAsset(seed, i));
  return cells.map((asset, i) => ({
    ...prepareWalk(asset, beliefOf(asset), throughMids[i]!),
    key: keys[i]!,
    drivers: factor && priceDriversOf(factor[i]!, keys),
  }));
}

/** How far through the mid a scenario's quotes go, for each asset; the same for all its cells, and found out once. */
const known = new WeakMap<PlannedScenario, readonly number[]>();

function throughMidsOf(scenario: PlannedScenario, grids: GridCache): readonly number[] {
  const found = known.get(scenario);
  if (found !== undefined) return found;
  const rules: QuoteRule[][] = (scenario.portfolio?.assets ?? [undefined]).map(() => []);
  for (const strategy of scenario.strategies.filter(({ type }) => policyOf(type) === undefined)) {
    try {
      const joint = scenario.portfolio && jointRuleOf({ scenario, strategy }, scenario.portfolio, grids);
      assetCells({ scenario, strategy }).forEach((asset, i) => {
        const { order_size } = asset.scenario.simulator;
        const rule = joint ? nearestQuotes(joint.rule, i === 0 ? 0 : 1, order_size) : makerOf(asset, grids).rule;
        if (rule !== undefined) rules[i]!.push(rule);
      });
    } catch {
      // A strategy that cannot be made fails its own cell, which tells why; here its quotes count as unknown.
    }
  }
  const [strategy] = scenario.strategies;
  const assets = strategy === undefined ? [] : assetCells({ scenario, strategy });
  const throughMids = assets.map((asset, i) => throughMidOf(asset.scenario, rules[i]!));
  known.set(scenario, throughMids);
  return throughMids;
}

interface JointMaker {
  readonly rule: JointRule;
  readonly models: readonly ModelParameters[];
}

/** The rule of a strategy that quotes the assets together; undefined where it quotes asset by asset. */
function jointRuleOf(
  cell: Pick<Cell, 'scenario' | 'strategy'>,
  portfolio: Portfolio,
  grids: GridCache,
): JointMaker | undefined {
  const definition = jointStrategyOf(cell.strategy.type);
  if (definition === undefined) return undefined;
  const { gamma, T } = beliefOf(cell);
  const models = assetCells(cell).map((asset) => ({ ...beliefOf(asset), gamma, T }));
  const { params, limits } = cell.strategy;
  const solve = grids.solveJoint.bind(grids);
  return { rule: definition.createRule(params, { portfolio, models, limits, solve }), models };
}

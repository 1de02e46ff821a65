import { assetProblems } from './asset-documents.ts';
import type { Catalogue, CatalogueEntry, OwnSteps } from './catalogue.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import type { Portfolio, Scenario } from './experiment.ts';
import { goalProblems } from './goal-rules.ts';
import { problemsOf } from './issues.ts';
import { modelInputs, valid } from './model-input.ts';
import { readSpec } from './named-schema.ts';
import { isMapping, valueAt } from './path.ts';
import { pathwiseKeys } from './pathwise.ts';
import { portfolioProblems } from './portfolio-rules.ts';
import { precisionProblems, resolvePrecision } from './precision-schema.ts';
import type { Problem } from './problem.ts';
import { readStrategy } from './read-strategy.ts';
import { resolveAsset } from './resolve-asset.ts';
import { resolveModel } from './resolve-model.ts';
import { type RuleInput, ruleProblems } from './rules.ts';
import type { ExperimentSchema } from './schema.ts';

export type Checked =
  | { readonly ok: true; readonly scenario: Scenario; readonly name: string | undefined }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a document's data, each key by itself and keys against each other, and fills in the defaults. */
export function check(schema: ExperimentSchema, catalogue: Catalogue, data: unknown): Checked {
  const parsed = schema.safeParse(data);
  const problems = [
    ...(parsed.success ? [] : problemsOf(schema, data, parsed.error.issues)),
    ...assetProblems(data, (document) => ruleProblems(ruleInput(schema, catalogue, document))),
    ...portfolioProblems(data, catalogue),
    ...precisionProblems(data),
    ...goalProblems(data, catalogue.metrics),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { name, seed, paths, strategies, variance_reduction, statistics, precision, rl, risk } = parsed.data;
  const market = parsed.data.simulator;
  const simulator = {
    ...market,
    midprice: readSpec(market.midprice, catalogue.midprices),
    arrivals: readSpec(market.arrivals, catalogue.arrivals),
    depth: readSpec(market.depth, catalogue.depths),
  };
  const model = resolveModel(parsed.data.model, simulator);
  const assets = parsed.data.assets?.map((asset) => resolveAsset(asset, parsed.data.model, simulator, catalogue));
  const assetModels = assets?.map((asset) => asset.model);
  const correlation = assets && correlationMatrix(parsed.data.correlation, assets.length);
  const portfolio: Portfolio | undefined = assets && correlation && { assets, correlation };
  return {
    ok: true,
    name,
    scenario: {
      simulator,
      model,
      ...(portfolio === undefined ? {} : { portfolio }),
      strategies: strategies.map((value) => readStrategy(value, catalogue.strategies, model, assetModels)),
      paths,
      ...(precision === undefined ? {} : { precision: resolvePrecision(precision, paths) }),
      seed,
      variance_reduction,
      statistics,
      pathwise: pathwiseKeys(data, catalogue).length > 0,
      ...(rl === undefined ? {} : { rl }),
      ...(risk === undefined ? {} : { risk }),
    },
  };
}

/** What the rules weigh, key by key, so that one wrong value does not hide what is wrong between the others. */
function ruleInput(schema: ExperimentSchema, catalogue: Catalogue, data: unknown): RuleInput {
  const { midprices } = catalogue;
  const market = schema.shape.simulator.def.innerType.shape;
  const simulator = {
    T: valid(market.T, data, ['simulator', 'T']),
    dt: valid(market.dt, data, ['simulator', 'dt']),
    Q_max: valid(market.Q_max, data, ['simulator', 'Q_max']),
    order_size: valid(market.order_size, data, ['simulator', 'order_size']),
    q0: valid(market.q0, data, ['simulator', 'q0']),
    scheme: valid(market.scheme, data, ['simulator', 'scheme']),
    A: valid(market.A, data, ['simulator', 'A']),
    drawdown_dt: valid(market.drawdown_dt, data, ['simulator', 'drawdown_dt']),
  };
  const strategies = valueAt(data, ['strategies']);
  return {
    paths: valid(schema.shape.paths, data, ['paths']),
    varianceReduction: valid(schema.shape.variance_reduction, data, ['variance_reduction']),
    simulator,
    models: modelInputs(data, catalogue, simulator),
    midpriceSchemes: schemesOf(valueAt(data, ['simulator', 'midprice']) ?? 'brownian', midprices),
    ownSteps: ownSteps(valid(market.midprice, data, ['simulator', 'midprice']), simulator, midprices),
    pathwiseKeys: pathwiseKeys(data, catalogue),
    fill: valid(market.fill, data, ['simulator', 'fill']),
    randomRate: hasRandomRate(valueAt(data, ['simulator', 'arrivals']), catalogue.arrivals),
    strategies: Array.isArray(strategies) ? strategies : [],
  };
}

function schemesOf(midprice: unknown, midprices: readonly CatalogueEntry[]): readonly string[] | undefined {
  const type = isMapping(midprice) ? valueAt(midprice, ['type']) : midprice;
  return midprices.find((entry) => entry.type === type)?.schemes;
}

function ownSteps(
  midprice: unknown,
  { T, dt }: Pick<RuleInput['simulator'], 'T' | 'dt'>,
  midprices: readonly CatalogueEntry[],
): OwnSteps | undefined {
  if (midprice === undefined || T === undefined || dt === undefined) return undefined;
  const { type, params } = readSpec(midprice, midprices);
  return midprices.find((entry) => entry.type === type)?.ownSteps?.(params, { T, dt });
}

function hasRandomRate(arrivals: unknown, entries: readonly CatalogueEntry[]): boolean {
  const type = isMapping(arrivals) ? valueAt(arrivals, ['type']) : arrivals;
  return entries.some((entry) => entry.type === type && entry.randomRate === true);
}

import type { z } from 'zod';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import type { MidpriceSpec, ModelParameters, Scenario, SimulatorParameters, StrategySpec } from './experiment.ts';
import { problemsOf } from './issues.ts';
import { readNamed } from './named-schema.ts';
import { isMapping, valueAt } from './path.ts';
import type { Problem } from './problem.ts';
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
    ...ruleProblems(ruleInput(schema, catalogue, data)),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { name, seed, paths, strategies, variance_reduction } = parsed.data;
  const simulator = { ...parsed.data.simulator, midprice: midpriceOf(parsed.data.simulator.midprice, catalogue) };
  const model = modelOf(parsed.data.model, simulator);
  return {
    ok: true,
    name,
    scenario: { simulator, model, strategies: strategiesOf(strategies, catalogue), paths, seed, variance_reduction },
  };
}

function midpriceOf(value: unknown, { midprices }: Catalogue): MidpriceSpec {
  const { type, params } = readNamed(value, midprices);
  return { type, params };
}

function strategiesOf(values: readonly unknown[], catalogue: Catalogue): StrategySpec[] {
  return values.map((value) => {
    const { type, name, params } = readNamed(value, catalogue.strategies);
    return { type, name: name ?? type, params };
  });
}

function modelOf(model: z.output<ExperimentSchema>['model'], simulator: SimulatorParameters): ModelParameters {
  const { sigma, mu, A, k, T, Q_max, order_size } = simulator;
  const bound = model.Q_max ?? Q_max;
  const own = { gamma: model.gamma, phi: model.phi, running: model.running, dt: model.dt };
  return {
    sigma: model.sigma ?? sigma,
    mu: model.mu ?? mu,
    A: model.A ?? A,
    k: model.k ?? k,
    T: model.T ?? T,
    Q_max: bound,
    order_size: model.order_size ?? order_size,
    ...own,
    delta_min: model.delta_min,
    delta_max: model.delta_max,
  };
}

/** What the rules weigh, key by key, so that one wrong value does not hide what is wrong between the others. */
function ruleInput(schema: ExperimentSchema, { midprices, strategies: known }: Catalogue, data: unknown): RuleInput {
  const market = schema.shape.simulator.def.innerType.shape;
  const belief = schema.shape.model.def.innerType.shape;
  const simulator = {
    T: valid(market.T, data, 'simulator', 'T'),
    dt: valid(market.dt, data, 'simulator', 'dt'),
    Q_max: valid(market.Q_max, data, 'simulator', 'Q_max'),
    order_size: valid(market.order_size, data, 'simulator', 'order_size'),
    q0: valid(market.q0, data, 'simulator', 'q0'),
    scheme: valid(market.scheme, data, 'simulator', 'scheme'),
    A: valid(market.A, data, 'simulator', 'A'),
    drawdown_dt: valid(market.drawdown_dt, data, 'simulator', 'drawdown_dt'),
  };
  const own = (key: string) => valueAt(data, ['model', key]) !== undefined;
  const strategies = valueAt(data, ['strategies']);
  return {
    paths: valid(schema.shape.paths, data, 'paths'),
    varianceReduction: valid(schema.shape.variance_reduction, data, 'variance_reduction'),
    simulator,
    model: {
      T: own('T') ? valid(belief.T, data, 'model', 'T') : simulator.T,
      dt: valid(belief.dt, data, 'model', 'dt'),
      Q_max: own('Q_max') ? valid(belief.Q_max, data, 'model', 'Q_max') : simulator.Q_max,
      order_size: own('order_size') ? valid(belief.order_size, data, 'model', 'order_size') : simulator.order_size,
      delta_min: valid(belief.delta_min, data, 'model', 'delta_min'),
      delta_max: valid(belief.delta_max, data, 'model', 'delta_max'),
    },
    modelHasOwnLattice: own('Q_max') || own('order_size'),
    modelHasOwnHorizon: own('T'),
    midpriceSchemes: schemesOf(valueAt(data, ['simulator', 'midprice']) ?? 'brownian', midprices),
    strategies: Array.isArray(strategies) ? strategies : [],
    needsGrid: typesOf(strategies).some((type) => known.some((entry) => entry.type === type && entry.needsGrid)),
  };
}

/** The value of one key, or its default; undefined where it is wrong. */
function valid<S extends z.ZodType>(schema: S, data: unknown, ...path: string[]): z.output<S> | undefined {
  const result = schema.safeParse(valueAt(data, path));
  return result.success ? result.data : undefined;
}

/** The types that a list of strategies names, bare or in mappings. */
function typesOf(strategies: unknown): unknown[] {
  const typeOf = (value: unknown) => (isMapping(value) ? valueAt(value, ['type']) : value);
  return Array.isArray(strategies) ? strategies.map(typeOf) : [];
}

function schemesOf(midprice: unknown, midprices: readonly CatalogueEntry[]): readonly string[] | undefined {
  const type = isMapping(midprice) ? valueAt(midprice, ['type']) : midprice;
  return midprices.find((entry) => entry.type === type)?.schemes;
}

import type { z } from 'zod';
import type { Catalogue } from './catalogue.ts';
import type { ModelInput } from './model-rules.ts';
import { modelOverride, modelSchema } from './model-schema.ts';
import { isMapping, type Path, valueAt } from './path.ts';
import type { Market } from './rule-problem.ts';

type ModelKey = 'T' | 'dt' | 'Q_max' | 'order_size' | 'delta_min' | 'delta_max';

const section = modelSchema().shape;

/**
 * What the rules weigh of the model section and of each strategy's own model, key by key, so that one wrong value does
 * not hide what is wrong between the others.
 */
export function modelInputs(data: unknown, { strategies: known }: Catalogue, simulator: Market): ModelInput[] {
  const listed = valueAt(data, ['strategies']);
  const strategies: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const readsGrid = (strategy: unknown): boolean => {
    const type = isMapping(strategy) ? valueAt(strategy, ['type']) : strategy;
    return known.some((entry) => entry.type === type && entry.needsGrid === true);
  };
  const own = (key: ModelKey) => valueAt(data, ['model', key]) !== undefined;
  const main: ModelInput = {
    section: 'model',
    T: own('T') ? valid(section.T, data, ['model', 'T']) : simulator.T,
    dt: valid(section.dt, data, ['model', 'dt']),
    Q_max: own('Q_max') ? valid(section.Q_max, data, ['model', 'Q_max']) : simulator.Q_max,
    order_size: own('order_size') ? valid(section.order_size, data, ['model', 'order_size']) : simulator.order_size,
    delta_min: valid(section.delta_min, data, ['model', 'delta_min']),
    delta_max: valid(section.delta_max, data, ['model', 'delta_max']),
    ownLattice: own('Q_max') || own('order_size'),
    ownHorizon: own('T'),
    needsGrid: strategies.some((one) => readsGrid(one) && valueAt(one, ['model', 'Q_max']) === undefined),
  };
  const others = strategies.flatMap((strategy, i) =>
    isMapping(valueAt(strategy, ['model'])) ? [overrideInput(data, ['strategies', i, 'model'], main)] : [],
  );
  return [main, ...others];
}

function overrideInput(data: unknown, path: Path, main: ModelInput): ModelInput {
  const own = (key: ModelKey) => valueAt(data, [...path, key]) !== undefined;
  const valueOfKey = <K extends ModelKey>(key: K) => valid(modelOverride.shape[key], data, [...path, key]);
  return {
    section: path.join('.'),
    T: own('T') ? valueOfKey('T') : main.T,
    dt: own('dt') ? valueOfKey('dt') : main.dt,
    Q_max: own('Q_max') ? valueOfKey('Q_max') : main.Q_max,
    order_size: own('order_size') ? valueOfKey('order_size') : main.order_size,
    delta_min: own('delta_min') ? valueOfKey('delta_min') : main.delta_min,
    delta_max: own('delta_max') ? valueOfKey('delta_max') : main.delta_max,
    ownLattice: own('Q_max') || own('order_size'),
    ownHorizon: own('T') || main.ownHorizon,
    // A bound that is missing is missing in the section, which reports it.
    needsGrid: false,
  };
}

/** The value at a path, or its default; undefined where it is wrong. */
export function valid<S extends z.ZodType>(schema: S, data: unknown, path: Path): z.output<S> | undefined {
  const result = schema.safeParse(valueAt(data, path));
  return result.success ? result.data : undefined;
}

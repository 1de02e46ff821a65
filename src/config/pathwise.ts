import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import { isMapping, valueAt } from './path.ts';

/**
 * The keys of a document for which paths must be walked along the price, market order by market order: quotes that hang
 * on the price, or a market whose law is not that of the tabulated kernels. Empty where none asks for it.
 */
export function pathwiseKeys(data: unknown, catalogue: Catalogue): string[] {
  const isPathwise = (value: unknown, entries: readonly CatalogueEntry[]): boolean => {
    const type = isMapping(value) ? valueAt(value, ['type']) : value;
    return entries.some((entry) => entry.type === type && entry.pathwise === true);
  };
  const named = { midprice: catalogue.midprices, arrivals: catalogue.arrivals, depth: catalogue.depths };
  const keys = Object.entries(named)
    .filter(([key, entries]) => isPathwise(valueAt(data, ['simulator', key]), entries))
    .map(([key]) => `simulator.${key}`);
  if (valueAt(data, ['assets']) !== undefined) keys.push('assets');
  if (typeof valueAt(data, ['simulator', 'tick']) === 'number') keys.push('simulator.tick');
  const latency = valueAt(data, ['simulator', 'latency']);
  if (typeof latency === 'number' && latency > 0) keys.push('simulator.latency');
  const strategies = valueAt(data, ['strategies']);
  if (Array.isArray(strategies)) {
    strategies.forEach((strategy: unknown, i) => {
      if (isPathwise(strategy, catalogue.strategies)) keys.push(`strategies.${i}`);
    });
  }
  return keys;
}

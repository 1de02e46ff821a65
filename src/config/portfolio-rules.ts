import { choleskyFactor } from '../util/cholesky.ts';
import { assetDocuments } from './asset-documents.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import { namesOf } from './dotted-path.ts';
import { describeValue } from './issue-text.ts';
import { isMapping, valueAt } from './path.ts';
import { expectedText, type Problem, problemAt } from './problem.ts';
import { problem } from './rule-problem.ts';

/** What is wrong between the assets, their correlation, and the strategies that quote several assets together. */
export function portfolioProblems(data: unknown, catalogue: Catalogue): Problem[] {
  const given = valueAt(data, ['assets']);
  const assets: readonly unknown[] | undefined = Array.isArray(given) ? given : undefined;
  const correlation = valueAt(data, ['correlation']);
  if (assets === undefined) {
    const unused =
      correlation === undefined || given !== undefined
        ? []
        : [problem('correlation', [], 'no correlation without assets', correlation, 'add assets:, or remove it')];
    return [...unused, ...jointProblems(data, catalogue, 0)];
  }
  return [
    ...nameProblems(assets),
    ...correlationProblems(correlation, assets.length),
    ...midpriceProblems(data, catalogue, assets.length),
    ...jointProblems(data, catalogue, assets.length),
  ];
}

function nameProblems(assets: readonly unknown[]): Problem[] {
  const names = namesOf(assets);
  return names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (name === '' || first === i) return [];
    return [problem(`assets.${i}.name`, [`assets.${i}`], 'a unique name', name, `assets.${first} has it`)];
  });
}

function correlationProblems(given: unknown, count: number): Problem[] {
  if (typeof given === 'number') {
    const least = -1 / (count - 1);
    if (count < 2 || given >= least || !(given >= -1)) return [];
    const expected = `a number >= -1/${count - 1} with ${count} assets`;
    const cure = 'no more than that can all pairs be opposed: the matrix must be positive semi-definite';
    return [problem('correlation', ['assets'], expected, given, cure)];
  }
  const matrix = correlationMatrix(given, count);
  if (matrix === undefined) return [];
  const rows = matrix.length;
  const ragged = matrix.findIndex((row) => row.length !== count);
  if (rows !== count || ragged >= 0) {
    const expected = `${count} rows of ${count} numbers, one an asset`;
    const got = rows !== count ? `${rows} row${rows === 1 ? '' : 's'}` : `${matrix[ragged]?.length} in row ${ragged}`;
    return [problemAt(['correlation'], expectedText(expected, got))];
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const value = matrix[i]![j]!;
      if (i === j && value !== 1) return [problem(`correlation.${i}.${i}`, [], '1 on the diagonal', value, 'write 1')];
      if (value !== matrix[j]![i]) {
        const expected = `${matrix[j]![i]}, as in correlation.${j}.${i}`;
        return [problem(`correlation.${i}.${j}`, ['correlation'], expected, value, 'the matrix must be symmetric')];
      }
    }
  }
  if (choleskyFactor(matrix) !== undefined) return [];
  const cure = 'no random variables have these correlations together; bring them nearer to 0';
  return [problemAt(['correlation'], expectedText('a positive semi-definite matrix', 'one that is not', cure))];
}

function midpriceProblems(data: unknown, { midprices }: Catalogue, count: number): Problem[] {
  const type = typeOf(valueAt(data, ['simulator', 'midprice']) ?? 'brownian');
  const entry = midprices.find((midprice) => midprice.type === type);
  if (entry === undefined || entry.correlates === true) return [];
  const matrix = correlationMatrix(valueAt(data, ['correlation']), count) ?? [];
  if (!matrix.some((row, i) => row.some((value, j) => i !== j && value !== 0))) return [];
  const able = midprices.filter(({ correlates }) => correlates === true).map((midprice) => midprice.type);
  const expected = `${able.join(', ')} with a correlation`;
  return [problem('simulator.midprice', ['correlation'], expected, type, 'change it, or remove correlation')];
}

function jointProblems(data: unknown, { strategies: known }: Catalogue, count: number): Problem[] {
  const strategies = valueAt(data, ['strategies']);
  if (!Array.isArray(strategies)) return [];
  return strategies.flatMap((strategy: unknown, i) => {
    const entry = known.find(({ type }) => type === typeOf(strategy));
    if (entry?.assets === undefined) return [];
    if (entry.assets !== count) {
      const text = expectedText(`${entry.assets} assets with ${entry.type}`, String(count || 'none'), 'see assets:');
      return [{ ...problemAt(['strategies', i], text), related: [['assets']] }];
    }
    return commonProblems(data, entry, strategy);
  });
}

/** One maker has one risk aversion and one horizon, unless the strategy itself says which. */
function commonProblems(data: unknown, { type }: CatalogueEntry, strategy: unknown): Problem[] {
  return (['gamma', 'T'] as const).flatMap((key) => {
    if (valueAt(strategy, ['model', key]) !== undefined) return [];
    const section = valueAt(data, ['model', key]);
    return assetDocuments(data).flatMap((_, i) => {
      const own = valueAt(data, ['assets', i, 'model', key]);
      if (own === undefined || own === section) return [];
      const cure = `${type} has one ${key}: write it in model:, or in the strategy's own model:`;
      return [problem(`assets.${i}.model.${key}`, [], `that of model.${key}`, own, cure)];
    });
  });
}

function typeOf(named: unknown): string {
  const type = isMapping(named) ? valueAt(named, ['type']) : named;
  return typeof type === 'string' ? type : describeValue(type);
}

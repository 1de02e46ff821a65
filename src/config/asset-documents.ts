import { isMapping, type Path, valueAt } from './path.ts';
import type { Problem } from './problem.ts';

/** The documents that the assets would have alone, their own keys in the sections' place; the data itself without assets. */
export function assetDocuments(data: unknown): unknown[] {
  const assets = valueAt(data, ['assets']);
  if (!isMapping(data) || !Array.isArray(assets) || assets.length === 0) return [data];
  return assets.map((asset: unknown) => ({
    ...data,
    simulator: merged(valueAt(data, ['simulator']), valueAt(asset, ['simulator'])),
    model: merged(valueAt(data, ['model']), valueAt(asset, ['model'])),
  }));
}

function merged(section: unknown, own: unknown): unknown {
  if (!isMapping(own)) return section;
  return { ...(isMapping(section) ? section : {}), ...own };
}

/**
 * What is wrong with the assets' documents, each named as the file names it: a problem in which an asset's own keys take
 * part by the asset's keys, another one once for all assets.
 */
export function assetProblems(data: unknown, problemsOf: (document: unknown) => readonly Problem[]): Problem[] {
  const problems = new Map<string, Problem>();
  assetDocuments(data).forEach((document, i) => {
    for (const problem of problemsOf(document)) {
      const named = inAsset(problem, data, i);
      problems.set(JSON.stringify([named.key, named.text]), named);
    }
  });
  return [...problems.values()];
}

function inAsset(problem: Problem, data: unknown, i: number): Problem {
  const ownPath = (path: Path): Path[] => {
    const own = ['assets', i, ...path];
    return valueAt(data, own) === undefined ? [] : [own];
  };
  const [path] = ownPath(problem.path);
  const related = problem.related.flatMap(ownPath);
  if (path === undefined && related.length === 0) return problem;
  return {
    ...problem,
    key: inAssetText(problem.key, i),
    text: inAssetText(problem.text, i),
    path: path ?? problem.path,
    // Where the asset's own key takes part, that is where the problem is.
    ...(path === undefined && related[0] !== undefined ? { path: related[0] } : {}),
    related: [...related, problem.path, ...problem.related],
  };
}

/** Names such as `simulator.q0` as keys of the asset. */
function inAssetText(text: string, i: number): string {
  return text.replace(/(?<![\w.])(?=(?:simulator|model)\.)/g, `assets.${i}.`);
}

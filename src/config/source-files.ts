import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Catalogue } from './catalogue.ts';
import type { Scenario, SourceFile, StrategySpec } from './experiment.ts';
import { describeValue } from './issue-text.ts';
import { expectedText, type Problem } from './problem.ts';

/** Finds the files that strategies name, relative to a folder; each is read once. */
export class SourceFiles {
  readonly #folder: string;
  readonly #catalogue: Catalogue;
  readonly #known = new Map<string, SourceFile | string>();

  constructor(folder: string, catalogue: Catalogue) {
    this.#folder = path.resolve(folder);
    this.#catalogue = catalogue;
  }

  /** The scenario with the files of its strategies, or what is wrong with them. */
  attach(scenario: Scenario): { readonly scenario: Scenario; readonly problems: readonly Problem[] } {
    const problems: Problem[] = [];
    const strategies = scenario.strategies.map((strategy, i): StrategySpec => {
      const files = this.#catalogue.strategies.find(({ type }) => type === strategy.type)?.files ?? [];
      const [key] = files;
      const named = key === undefined ? undefined : strategy.params[key];
      if (key === undefined || typeof named !== 'string') return strategy;
      const source = this.#read(path.resolve(this.#folder, named));
      if (typeof source !== 'string') return { ...strategy, source };
      const at = ['strategies', i, key];
      const text = expectedText(
        'a file that can be read, relative to the experiment file',
        describeValue(named),
        `${source}; looked in ${this.#folder}`,
      );
      problems.push({ key: at.join('.'), text, path: at, at: 'value', related: [['strategies', i]] });
      return strategy;
    });
    return { scenario: { ...scenario, strategies }, problems };
  }

  /** The file with its hash, or why it cannot be read. */
  #read(file: string): SourceFile | string {
    let known = this.#known.get(file);
    if (known === undefined) {
      try {
        known = { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
      } catch (error) {
        known = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      }
      this.#known.set(file, known);
    }
    return known;
  }
}

import type { PlannedScenario } from '../plan/plan.ts';
import type { AddedPaths, StopRule } from '../simulate/stop-rule.ts';
import { meanSamples } from './mean-samples.ts';
import { centralMoments, type Moments, mergeMoments, standardErrorOfMean } from './moments.ts';
import { meets, tests } from './precision.ts';

/**
 * The stop rule of a scenario's `precision`. The moments of each strategy's samples, or of each pair's differences, are
 * merged look by look in path order, so that the rule costs one pass over the paths and is the same whoever simulates them.
 */
export class PrecisionRule implements StopRule {
  readonly #scenario: PlannedScenario;
  /** By strategy, or by pair. */
  #moments = new Map<string, Moments>();
  readonly #hopeless = new Set<string>();

  constructor(scenario: PlannedScenario) {
    this.#scenario = scenario;
  }

  add(parts: readonly AddedPaths[]): void {
    const { precision, variance_reduction } = this.#scenario;
    const samples = parts.flatMap(({ cell, columns }) => {
      const own = meanSamples(columns, variance_reduction);
      // A PnL that is no number makes the cell fail when it is summarised.
      if (!own.every(Number.isFinite)) this.#hopeless.add(cell.strategy.name);
      return this.#hopeless.has(cell.strategy.name) ? [] : [{ name: cell.strategy.name, own }];
    });
    const added =
      precision?.metric === 'difference'
        ? samples.flatMap((later, i) =>
            samples
              .slice(0, i)
              .map((earlier): [string, Float64Array] => [
                JSON.stringify([later.name, earlier.name]),
                later.own.map((x, path) => x - earlier.own[path]!),
              ]),
          )
        : samples.map(({ name, own }): [string, Float64Array] => [name, own]);
    // Cells that have failed since are left behind.
    const merged = added.map(([name, own]): [string, Moments] => {
      const before = this.#moments.get(name);
      const moments = centralMoments(own);
      return [name, before === undefined ? moments : mergeMoments(before, moments)];
    });
    this.#moments = new Map(merged);
  }

  isReached(): boolean {
    const { precision } = this.#scenario;
    if (precision === undefined) return true;
    const share = tests(this.#scenario, this.#moments.size);
    return [...this.#moments.values()].every((moments) => {
      const estimate = { value: moments.mean, se: standardErrorOfMean(moments), count: moments.count };
      return meets(precision, estimate, share);
    });
  }
}

import type { Cell } from '../../plan/plan.ts';
import { ConfigError } from '../../util/errors.ts';
import { custom } from './index.ts';
import { loadPolicy, PolicyModuleError } from './load-policy.ts';

/**
 * Loads every module that the plan's custom strategies name, so that a module that cannot be used stops a run before it
 * starts. Throws ConfigError with all that is wrong.
 */
export async function checkPolicies({ cells }: { readonly cells: readonly Pick<Cell, 'strategy'>[] }): Promise<void> {
  const problems = new Set<string>();
  for (const { strategy } of cells) {
    const { source } = strategy;
    if (strategy.type !== custom.type || source === undefined) continue;
    try {
      await loadPolicy(source.file, String(strategy.params['export']));
    } catch (error) {
      if (!(error instanceof PolicyModuleError)) throw error;
      problems.add(`strategy ${strategy.name}: ${error.message}`);
    }
  }
  if (problems.size > 0) throw new ConfigError([...problems].join('\n'));
}

import Table from 'cli-table3';
import type { RunResult } from '../aggregate/results.ts';
import { formatCount, formatEstimate } from '../util/format.ts';
import { bestOfScenario } from './best-csv.ts';
import { BORDERLESS } from './result-table.ts';

/** Scenarios that a terminal can take in; the rest is in best.csv. */
const MAX_ROWS = 40;

/** The best strategy of each scenario of a sweep; empty where there is nothing to choose. */
export function bestTable({ plan, scenarios }: RunResult): string {
  if (scenarios.length < 2 || scenarios.every(({ strategies }) => strategies.length < 2)) return '';
  const head = [...plan.sweptPaths, 'best', 'runner-up', 'ahead by ± se', 'confidence', 'verdict'];
  const table = new Table({
    head,
    chars: BORDERLESS,
    colAligns: head.map((_, i) => (i < plan.sweptPaths.length || i > head.length - 4 ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const result of scenarios.slice(0, MAX_ROWS)) {
    const best = bestOfScenario(result);
    const point = plan.sweptPaths.map((path) => String(result.scenario.point[path]));
    const { strategy = 'none', runnerUp = '', difference = Number.NaN, se = Number.NaN } = best ?? {};
    const ahead = runnerUp === '' ? '' : formatEstimate(difference, se);
    table.push([...point, strategy, runnerUp, ahead, percent(best?.confidence), best?.verdict ?? 'unresolved']);
  }
  const more = scenarios.length - MAX_ROWS;
  return `${table.toString()}${more > 0 ? `\n… and ${formatCount(more)} more scenarios in best.csv` : ''}`;
}

/** Rounded down, so that 100 % is never claimed. */
function percent(confidence: number | undefined): string {
  if (confidence === undefined || Number.isNaN(confidence)) return '';
  return confidence > 0.999 ? '> 99.9 %' : `${(Math.floor(confidence * 1000) / 10).toFixed(1)} %`;
}

import type { RunResult } from '../aggregate/results.ts';
import { formatCount, formatDuration } from '../util/format.ts';
import { findings } from './findings.ts';
import { resultTable } from './result-table.ts';
import { warningText } from './warning-text.ts';

/** What a run prints at its end: the table, what was found, where the files are. */
export function runReport(result: RunResult, outputDir: string, seconds: number): string {
  const { plan } = result;
  const paths = plan.cells.reduce((sum, { scenario }) => sum + scenario.paths, 0);
  const rate = formatCount(Math.round(paths / seconds));
  return [
    resultTable(result),
    '',
    ...findings(result),
    '',
    `${formatCount(paths)} paths in ${formatDuration(seconds)} (${rate} paths/s), seed ${plan.scenarios[0]?.seed}; report in ${outputDir}`,
    '',
  ].join('\n');
}

/** The same as one JSON document; an undefined figure is null. */
export function runDocument({ plan, scenarios, warnings }: RunResult, outputDir: string): string {
  const document = {
    name: plan.name,
    hash: plan.hash,
    outputDir,
    scenarios: scenarios.map(({ scenario, strategies, comparisons }) => ({
      scenario: scenario.index,
      point: scenario.point,
      strategies: strategies.map((row) =>
        row.state === 'done'
          ? {
              strategy: row.strategy,
              state: row.state,
              ...row.summary,
              ...(row.assets.length > 0 ? { assets: row.assets } : {}),
            }
          : { strategy: row.strategy, state: row.state, message: row.message },
      ),
      comparisons,
    })),
    warnings: warnings.map((warning) => ({ ...warning, text: warningText(warning) })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

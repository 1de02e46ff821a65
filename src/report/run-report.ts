import type { RunResult } from '../aggregate/results.ts';
import { formatCount, formatDuration } from '../util/format.ts';
import { bestOfScenario } from './best-csv.ts';
import { bestTable } from './best-table.ts';
import { findings } from './findings.ts';
import { goalDocuments } from './goal-documents.ts';
import { goalLines } from './goal-text.ts';
import { resultTable } from './result-table.ts';
import { warningText } from './warning-text.ts';

/** What a run prints at its end: the table, what was found, where the files are. */
export function runReport(result: RunResult, outputDir: string, seconds: number): string {
  const { plan } = result;
  const paths = result.scenarios.reduce((sum, { scenario, strategies }) => sum + scenario.paths * strategies.length, 0);
  const rate = formatCount(Math.round(paths / seconds));
  const best = bestTable(result);
  return [
    resultTable(result),
    '',
    ...(best === '' ? [] : [best, '']),
    ...findings(result),
    ...goalLines(result),
    '',
    `${formatCount(paths)} paths in ${formatDuration(seconds)} (${rate} paths/s), seed ${plan.scenarios[0]?.seed}; report in ${outputDir}`,
    '',
  ].join('\n');
}

/** The same as one JSON document; an undefined figure is null. */
export function runDocument(run: RunResult, outputDir: string): string {
  const { plan, scenarios, warnings } = run;
  const document = {
    name: plan.name,
    hash: plan.hash,
    outputDir,
    scenarios: scenarios.map((result) => {
      const { scenario, strategies, comparisons } = result;
      return {
        scenario: scenario.index,
        point: scenario.point,
        best: bestOfScenario(result),
        strategies: strategies.map((row) =>
          row.state === 'done'
            ? {
                strategy: row.strategy,
                state: row.state,
                ...row.summary,
                ...Object.fromEntries(row.risk ?? []),
                ...(row.assets.length > 0 ? { assets: row.assets } : {}),
              }
            : { strategy: row.strategy, state: row.state, message: row.message },
        ),
        comparisons,
      };
    }),
    ...goalDocuments(run),
    warnings: warnings.map((warning) => ({ ...warning, text: warningText(warning) })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

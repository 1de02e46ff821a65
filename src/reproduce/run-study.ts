import type { ChartSpec } from '../report/plots/render-chart.ts';
import type { LoadedStudy } from './load-study.ts';
import { pnlChart } from './pnl-chart.ts';
import { asymptoticChart, quoteChart } from './quote-charts.ts';
import { estimateOf, type SimulatedStrategy, simulateCase } from './simulated-figures.ts';
import { SolvedModel } from './solved-figures.ts';
import { judged, type StudyRow } from './study-row.ts';
import type { Study, StudyCase, StudyChart } from './study-schema.ts';

/** Standard errors that an estimate may be off. */
const MAX_Z = 4;

export interface StudyResult {
  readonly rows: readonly StudyRow[];
  readonly charts: readonly { readonly file: string; readonly spec: ChartSpec }[];
}

/**
 * Computes every figure and chart of a study, case by case.
 * Throws SolveError, CellsFailedError, the signal's reason, and ConfigError where the study asks for what its
 * experiment does not have.
 */
export async function runStudy(
  { name, study, cases }: LoadedStudy,
  options: { readonly workers: number; readonly signal: AbortSignal },
): Promise<StudyResult> {
  const rows: StudyRow[] = [];
  const charts: { file: string; spec: ChartSpec }[] = [];
  for (const { expected, plan } of cases) {
    const keepPnl = expected.charts.some(({ chart }) => chart === 'pnl');
    const [scenario] = plan.scenarios;
    if (scenario === undefined) throw new Error(`${name}: the plan of ${expected.name} is empty`);
    const solved = new SolvedModel(scenario.model);
    const simulated =
      expected.simulated.length > 0 || keepPnl
        ? await simulateCase(plan, { ...options, keepPnl })
        : new Map<string, SimulatedStrategy>();
    rows.push(...solvedRows(expected, solved), ...simulatedRows(expected, simulated, study.paper_paths));
    for (const chart of expected.charts) {
      charts.push({ file: `${name}-${chart.file}.png`, spec: chartOf(chart, expected, study, solved, simulated) });
    }
  }
  return { rows, charts };
}

function solvedRows(expected: StudyCase, solved: SolvedModel): StudyRow[] {
  return expected.solved.map((wanted) =>
    judged({
      case: expected.name,
      source: expected.source,
      strategy: undefined,
      figure: wanted.figure,
      q: wanted.figure === 'average_spread' ? undefined : wanted.q,
      paper: wanted.paper,
      paperZ: undefined,
      exact: wanted.exact,
      ours: solved.figure(wanted),
      se: undefined,
      allowed: wanted.tolerance * Math.abs(wanted.exact),
    }),
  );
}

function simulatedRows(
  expected: StudyCase,
  simulated: ReadonlyMap<string, SimulatedStrategy>,
  paperPaths: number | undefined,
): StudyRow[] {
  return expected.simulated.map((wanted) => {
    const { value, se, seAt } = estimateOf(simulated, wanted);
    const { paper, exact } = wanted;
    return judged({
      case: expected.name,
      source: expected.source,
      strategy: wanted.strategy,
      figure: wanted.figure,
      q: undefined,
      paper,
      paperZ: paper === undefined || paperPaths === undefined ? undefined : (paper - exact) / seAt(paperPaths),
      exact,
      ours: value,
      se,
      allowed: MAX_Z * se,
    });
  });
}

function chartOf(
  chart: StudyChart,
  { name }: StudyCase,
  { units }: Study,
  solved: SolvedModel,
  simulated: ReadonlyMap<string, SimulatedStrategy>,
): ChartSpec {
  switch (chart.chart) {
    case 'bid':
    case 'ask':
    case 'spread':
      return quoteChart(chart, chart.chart, name, units, solved);
    case 'asymptotic_bid':
      return asymptoticChart(chart, 'bid', name, units, solved);
    case 'asymptotic_ask':
      return asymptoticChart(chart, 'ask', name, units, solved);
    case 'pnl':
      return pnlChart(chart, name, units, simulated);
  }
}

import Table from 'cli-table3';
import type { RunResult } from '../aggregate/results.ts';
import { formatCount, formatEstimate } from '../util/format.ts';

/** Rows that a terminal can take in; the rest is in summary.csv. */
const MAX_ROWS = 60;
const MAX_FAILURES = 10;

export const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** The table at the end of a run: one row a cell, estimates with their standard errors. */
export function resultTable({ plan, scenarios }: RunResult): string {
  const head = [
    ...plan.sweptPaths,
    'strategy',
    'mean PnL ± se',
    'std ± se',
    'p05',
    'p95',
    'CVaR 95 % ± se',
    'fills',
    'max |q|',
  ];
  const table = new Table({
    head,
    chars: BORDERLESS,
    colAligns: head.map((_, i) => (i === plan.sweptPaths.length ? 'left' : 'right')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  const rows = scenarios.flatMap(({ scenario, strategies }) =>
    strategies.map((row) => {
      const point = plan.sweptPaths.map((path) => String(scenario.point[path]));
      if (row.state === 'failed') return [...point, row.strategy, 'failed', '', '', '', '', '', ''];
      const s = row.summary;
      return [
        ...point,
        row.strategy,
        formatEstimate(s.mean, s.mean_se),
        formatEstimate(s.std, s.std_se),
        digits(s.p05),
        digits(s.p95),
        formatEstimate(s.cvar95, s.cvar95_se),
        digits(s.fills_mean),
        digits(s.max_abs_q_mean),
      ];
    }),
  );
  table.push(...rows.slice(0, MAX_ROWS));
  const more = rows.length > MAX_ROWS ? [`… and ${formatCount(rows.length - MAX_ROWS)} more rows in summary.csv`] : [];
  return [withoutTrailingBlanks(table.toString()), ...more, ...failureLines(scenarios)].join('\n');
}

/** The columns of a failed cell are empty. */
function withoutTrailingBlanks(text: string): string {
  return text.replaceAll(/ +$/gm, '');
}

/** Why cells failed, below the table: a message is longer than any column. */
function failureLines(scenarios: RunResult['scenarios']): string[] {
  const lines = scenarios.flatMap(({ scenario, strategies }) =>
    strategies.flatMap((row) => {
      if (row.state !== 'failed') return [];
      const where = scenarios.length > 1 ? ` in scenario ${scenario.index}` : '';
      return [`failed: ${row.strategy}${where}: ${row.message}`];
    }),
  );
  if (lines.length === 0) return [];
  const rest = lines.length - MAX_FAILURES;
  const more = rest > 0 ? [`… and ${formatCount(rest)} more failed cells in manifest.json`] : [];
  return ['', ...lines.slice(0, MAX_FAILURES), ...more];
}

function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '';
}

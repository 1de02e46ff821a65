import Table from 'cli-table3';
import { type CsvField, csvTable } from '../report/csv.ts';
import { BORDERLESS } from '../report/result-table.ts';
import { formatCount, formatEstimate, formatNumber } from '../util/format.ts';
import { type StudyRow, zScore } from './study-row.ts';
import type { Study } from './study-schema.ts';

const HEADER = [
  'case',
  'source',
  'strategy',
  'figure',
  'q',
  'paper',
  'paper_z',
  'exact',
  'ours',
  'se',
  'z',
  'allowed',
  'reproduced',
] as const;

/** A study's rows as CSV; a field that a figure does not have is empty. */
export function studyCsv(rows: readonly StudyRow[]): string {
  return csvTable(
    HEADER,
    rows.map((row): CsvField[] => [
      row.case,
      row.source,
      row.strategy,
      row.figure,
      row.q,
      row.paper,
      row.paperZ,
      row.exact,
      row.ours,
      row.se,
      zScore(row),
      row.allowed,
      row.reproduced ? 'yes' : 'no',
    ]),
  );
}

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly text: (row: StudyRow) => string;
}

/** A study for people: what was printed, what it is, what was found. */
export function studyTable({ title, paper_paths }: Study, rows: readonly StudyRow[]): string {
  const paperHead = paper_paths === undefined ? 'paper' : `paper (z at ${formatCount(paper_paths)} paths)`;
  const columns: readonly Column[] = [
    { head: 'case', align: 'left', text: (row) => row.case },
    { head: 'strategy', align: 'left', text: ({ strategy }) => strategy ?? '' },
    { head: 'figure', align: 'left', text: figureText },
    { head: paperHead, align: 'right', text: paperText },
    { head: 'exact', align: 'right', text: ({ exact }) => digits(exact) },
    {
      head: 'ours ± se',
      align: 'right',
      text: ({ ours, se }) => (se === undefined ? digits(ours) : formatEstimate(ours, se)),
    },
    { head: 'z, or deviation', align: 'right', text: deviationText },
    { head: '', align: 'left', text: ({ reproduced }) => (reproduced ? 'ok' : 'MISSED') },
  ];
  const filled = columns.filter(({ text }) => rows.some((row) => text(row) !== ''));
  const table = new Table({
    head: filled.map(({ head }) => head),
    chars: BORDERLESS,
    colAligns: filled.map(({ align }) => align),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => filled.map(({ text }) => text(row))));
  return [title, '', table.toString(), ''].join('\n');
}

function figureText({ figure, q }: StudyRow): string {
  const at = q === undefined ? '' : formatNumber(q).replace('-', '−');
  switch (figure) {
    case 'mean':
      return 'mean PnL';
    case 'std':
      return 'std of PnL';
    case 'final_q_std':
      return 'std of q';
    case 'certainty_equivalent':
      return 'certainty equivalent';
    case 'average_spread':
      return 'average spread';
    case 'theta':
      return `θ(0, ${at})`;
    case 'delta_bid':
      return `δb(0, ${at})`;
    case 'delta_ask':
      return `δa(0, ${at})`;
    case 'asymptotic_bid':
      return `δb∞(${at})`;
    case 'asymptotic_ask':
      return `δa∞(${at})`;
  }
}

function paperText({ paper, paperZ }: StudyRow): string {
  if (paper === undefined) return '';
  return paperZ === undefined ? formatNumber(paper) : `${formatNumber(paper)} (${signed(paperZ)})`;
}

function deviationText(row: StudyRow): string {
  const z = zScore(row);
  return z === undefined ? (row.ours - row.exact).toExponential(0).replace('-', '−') : signed(z);
}

/** One decimal with its sign, a true minus. */
function signed(z: number): string {
  return `${z < 0 ? '−' : '+'}${Math.abs(z).toFixed(1)}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(8)));
}

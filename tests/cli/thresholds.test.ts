import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { SUMMARY_COLUMNS } from '../../src/aggregate/metrics/index.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const EXPERIMENT = `paths: 2000
simulator: {sigma: 2, A: 140, k: 1.5, scheme: event, drawdown_dt: 0.05, maker_fee: 0.01, impact: 0.02}
model: {gamma: 0.1, phi: 0, delta_min: null, delta_max: null}
strategies: [hjb, {type: constant, half_spread: 0.745}]
`;

function write(name: string, more: string): void {
  writeFileSync(path.join(folder, name), EXPERIMENT + more);
}

function rowsOf(file: string): Record<string, string>[] {
  return parse(readFileSync(path.join(folder, file), 'utf8'), { columns: true });
}

function headerOf(file: string): string[] {
  return readFileSync(path.join(folder, file), 'utf8').split('\n')[0]!.split(',');
}

write('plain.yaml', '');
write('met.yaml', 'thresholds: [mean >= 10, cvar95 <= 5, {check: max_abs_q_mean < 8, strategies: [hjb]}]\n');
write('failed.yaml', 'thresholds: [mean >= 10, "std <= 8"]\n');
write(
  'choose.yaml',
  `risk: {levels: [0.9, 0.99], ratios: true, utility: true, drawdown: true, bound_time: true, decompose: true}
choose: {maximise: mean, subject_to: [cvar99 <= -10, std < 12], confidence: 0.95}
sweep: {model.gamma: [0.05, 0.5]}
`,
);

describe('thresholds', () => {
  it('that are met: exit code 0, thresholds.csv, terminal, JSON and manifest', async () => {
    const { code, stdout } = await runCli(['run', 'met.yaml', '--output-dir', 'met'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('Thresholds: 5 ok, 0 failed, 0 unresolved.');
    expect(stdout).toMatch(/^ok +mean >= 10: hjb has [\d.]+ ± [\d.]+, 95 % interval [\d.]+ to [\d.]+$/m);
    const rows = rowsOf('met/thresholds.csv');
    expect(headerOf('met/thresholds.csv').join(',')).toBe(
      'expression,scenario,strategy,actual,se,ci_low,ci_high,status',
    );
    expect(rows.map(({ expression, strategy, status }) => [expression, strategy, status])).toEqual([
      ['mean >= 10', 'hjb', 'ok'],
      ['mean >= 10', 'constant', 'ok'],
      ['cvar95 <= 5', 'hjb', 'ok'],
      ['cvar95 <= 5', 'constant', 'ok'],
      ['max_abs_q_mean < 8', 'hjb', 'ok'],
    ]);
    const [summary] = rowsOf('met/summary.csv');
    expect(rows[0]).toMatchObject({
      actual: summary!['mean'],
      se: summary!['mean_se'],
      ci_low: summary!['mean_ci_low'],
    });
    const manifest = JSON.parse(readFileSync(path.join(folder, 'met/manifest.json'), 'utf8'));
    expect(manifest.thresholds).toHaveLength(5);
    expect(Object.keys(manifest.files)).toContain('thresholds.csv');
    const { stdout: json } = await runCli(['run', 'met.yaml', '--output-dir', 'json', '--json'], folder);
    expect(JSON.parse(json).thresholds[4]).toMatchObject({
      expression: 'max_abs_q_mean < 8',
      strategy: 'hjb',
      status: 'ok',
    });
  });

  it('that fail: exit code 4 with the whole report in place, and the same numbers as without', async () => {
    const { code, stdout, stderr } = await runCli(['run', 'failed.yaml', '--output-dir', 'failed'], folder);
    expect(code).toBe(4);
    expect(stderr).toContain(
      '1 of 4 thresholds not met; the first: std <= 8 failed for constant in scenario 0, where it is ',
    );
    expect(stdout.indexOf('failed     std <= 8: constant')).toBeLessThan(stdout.indexOf('ok         mean >= 10'));
    expect(existsSync(path.join(folder, 'failed/manifest.json'))).toBe(true);
    const plain = await runCli(['run', 'plain.yaml', '--output-dir', 'plain', '--quiet'], folder);
    expect(plain.code).toBe(0);
    expect(existsSync(path.join(folder, 'plain/thresholds.csv'))).toBe(false);
    for (const file of ['summary.csv', 'comparisons.csv']) {
      expect(readFileSync(path.join(folder, 'failed', file))).toEqual(readFileSync(path.join(folder, 'plain', file)));
    }
    // The folder is written anew without thresholds: their file must not stay behind.
    await runCli(['run', 'plain.yaml', '--output-dir', 'failed', '--quiet'], folder);
    expect(existsSync(path.join(folder, 'failed/thresholds.csv'))).toBe(false);
  });

  it('that are not resolved: exit code 0, and 4 with --strict-thresholds', async () => {
    const [hjb] = rowsOf('met/summary.csv');
    const options = [
      '--set',
      `thresholds=[mean >= ${hjb!['mean']}]`,
      '--set',
      'strategies=[hjb]',
      '--output-dir',
      'open',
    ];
    const lenient = await runCli(['run', 'plain.yaml', ...options], folder);
    expect(lenient.code).toBe(0);
    expect(lenient.stdout).toContain('0 ok, 0 failed, 1 unresolved; more paths narrow');
    const strict = await runCli(['run', 'plain.yaml', ...options, '--strict-thresholds'], folder);
    expect(strict.code).toBe(4);
    expect(strict.stderr).toContain('unresolved for hjb');
  });

  it.each([
    ['[meen >= 1]', 'thresholds.0: expected a column of summary.csv, got "meen" (did you mean "mean"?)', 14],
    [
      '[mean >= 1, cvar99 <= 1]',
      'thresholds.1: expected a column of summary.csv, got "cvar99" (add 0.99 to risk.levels)',
      25,
    ],
    ['[1 <= mean]', 'got "1 <= mean" (write the metric first, for example cvar95 <= 5)', 14],
    ['[mean >= ten]', 'thresholds.0: expected a number as the limit, got "ten"', 14],
    [
      '[{check: mean > 1, strategies: [hbj]}]',
      'thresholds.0.strategies.0: expected the name of a strategy, got "hbj" (did you mean "hjb"?)',
      45,
    ],
    ['mean >= 1', 'thresholds: expected a list, got "mean >= 1" (for example thresholds: [cvar95 <= 5])', 13],
  ])('refuses thresholds: %s with place and cure', async (text, message, column) => {
    write('wrong.yaml', `thresholds: ${text}\n`);
    const { code, stderr } = await runCli(['validate', 'wrong.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`^wrong\\.yaml:5:${column} `));
  });
});

describe('risk and choose', () => {
  it('adds the columns that are asked for at the end, and chooses under conditions', async () => {
    const args = ['run', 'choose.yaml', '--output-dir', 'choose', '--export-paths', 'csv'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    const header = headerOf('choose/summary.csv');
    expect(header.slice(header.indexOf(SUMMARY_COLUMNS.at(-1) ?? '') + 1).join(',')).toBe(
      'var90,var90_se,cvar90,cvar90_se,var99,var99_se,cvar99,cvar99_se,sortino,sortino_se,' +
        'expected_utility,expected_utility_se,max_drawdown_p50,max_drawdown_p95,max_drawdown_p95_se,' +
        'max_drawdown_max,bound_time_mean,bound_time_mean_se,spread_income_mean,spread_income_mean_se,inventory_pnl_mean,' +
        'inventory_pnl_mean_se,fees_mean,fees_mean_se,adverse_selection_mean,adverse_selection_mean_se',
    );
    const rows = rowsOf('choose/choice.csv');
    expect(headerOf('choose/choice.csv').join(',')).toBe(
      'scenario,model.gamma,strategy,objective,se,cvar99 <= -10,cvar99 <= -10 limit,cvar99 <= -10 status,std < 12,' +
        'std < 12 limit,std < 12 status,status',
    );
    const chosen = rows.filter(({ status }) => status === 'chosen');
    const qualifying = rows.filter(({ status }) => ['chosen', 'contender', 'lower'].includes(status!));
    expect(chosen).toHaveLength(1);
    expect(Number(chosen[0]!['objective'])).toBe(Math.max(...qualifying.map(({ objective }) => Number(objective))));
    expect(Number(chosen[0]!['std < 12 limit'])).toBeLessThan(12);
    expect(stdout).toMatch(
      /^Choice: hjb in scenario \d \(model\.gamma 0\.\d+\) has the highest mean with cvar99 <= -10 and std < 12 at 95 % confidence/m,
    );
    const paths = rowsOf('choose/paths.csv');
    for (const one of paths) {
      const sum = ['spread_income', 'inventory_pnl', 'fees', 'adverse_selection'].reduce(
        (s, part) => s + Number(one[part]),
        0,
      );
      if (Math.abs(sum - Number(one['pnl'])) > 1e-9) expect.fail(`path ${one['path']}: ${sum} for ${one['pnl']}`);
    }
    expect(paths).toHaveLength(8000);
  });

  it('says where nothing qualifies', async () => {
    const args = ['run', 'choose.yaml', '--output-dir', 'none', '--set', 'choose.subject_to=[cvar95 <= -1000]'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Choice: none of 4 cells qualifies for the highest mean with cvar95 <= -1000 at 95 % confidence.',
    );
    const { stdout: json } = await runCli([...args, '--json'], folder);
    expect(JSON.parse(json).choice).toMatchObject({ maximise: 'mean', chosen: null, excluded: 4, resolved: false });
  });

  it.each([
    [
      'choose: {maximise: sortino}',
      'choose.maximise: expected a column of summary.csv, got "sortino" (set risk.ratios to true)',
    ],
    ['choose: {confidence: 0.9}', 'choose: expected one of maximise and minimise, got neither'],
    ['choose: {minimise: std, confidence: 95}', 'choose.confidence: expected a number <= 0.9999, got 95'],
    ['risk: {levels: [99]}', 'risk.levels.0: expected a number <= 0.9999, got 99'],
    ['risk: {decomposed: true}', 'risk.decomposed: unknown key; did you mean "decompose"?'],
    ['sweep: {risk.target: [0, 1]}', 'cannot be swept (it belongs to the whole file)'],
  ])('refuses %s', async (text, message) => {
    write('wrong.yaml', `${text}\n`);
    const { code, stderr } = await runCli(['validate', 'wrong.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^wrong\.yaml:5:\d+ /);
  });
});

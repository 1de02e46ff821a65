import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { finished, runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const place = (...parts: string[]): string => path.join(folder, ...parts);

writeFileSync(
  place('learn.yaml'),
  `seed: 2
paths: 200
simulator: {sigma: 0.5, A: 20, k: 1.5, dt: 0.02, Q_max: 5, scheme: event}
model: {gamma: 0, running: 0.5, phi: 0.1, delta_min: null, delta_max: null}
strategies: [constant]
rl: {reward: inventory_penalty, total_timesteps: 5120, n_envs: 4, n_steps: 32, batch_size: 64, n_epochs: 2, net_arch: [16, 16], checkpoint_every: 1}
`,
);

describe('train and evaluate', () => {
  it('learn a policy on any number of threads, and go on after a kill to the same one', async () => {
    const whole = await runCli(['train', 'learn.yaml', '--workers', '2'], folder);
    expect(whole.stderr).not.toMatch(/error/);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toMatch(/5,120 timesteps .* policy in models\/learn\/policy.json/);

    // A machine that is busy elsewhere may let the training end before the test looks again.
    for (let code: number | null = 0; code !== null; ) {
      rmSync(place('broken'), { recursive: true, force: true });
      const killed = startCli(['train', 'learn.yaml', '--output-dir', 'broken', '--quiet', '--workers', '1'], folder);
      const end = finished(killed);
      while (!existsSync(place('broken', 'checkpoint.json')) && killed.exitCode === null) await setTimeout(20);
      killed.kill('SIGKILL');
      ({ code } = await end);
    }
    expect(existsSync(place('broken', 'policy.json'))).toBe(false);
    const refused = await runCli(['train', 'learn.yaml', '--output-dir', 'broken'], folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/broken: holds an unfinished training .*--resume.*--fresh/);
    const resumed = await runCli(
      ['train', 'learn.yaml', '--output-dir', 'broken', '--resume', '--quiet', '--workers', '0'],
      folder,
    );
    expect(resumed.code).toBe(0);
    for (const name of ['policy.json', 'policy.onnx', 'training.csv', 'learning_curve.png']) {
      expect(readFileSync(place('broken', name)).equals(readFileSync(place('models', 'learn', name)))).toBe(true);
    }
  }, 300_000);

  it('tell the regret of a policy, which is a strategy in any run', async () => {
    const evaluated = await runCli(['evaluate', 'learn.yaml', '--output-dir', 'out', '--workers', '0'], folder);
    expect(evaluated.code).toBe(0);
    expect(evaluated.stdout).toMatch(/The optimal value is 8\.29473; short of it fall: ppo .* %, exactly/);
    expect(evaluated.stdout).toMatch(/ppo's total reward less that of hjb over the same 200 episodes: /);
    const [header, ...rows] = readFileSync(place('out', 'evaluation.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toMatch(/^strategy,value,value_se,exact_value,optimal_value,regret/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(['ppo', 'hjb', 'constant', 'inventory_aware']);
    const column = (name: string): number[] =>
      rows.map((row) => Number(row.split(',')[header?.split(',').indexOf(name) ?? -1]));
    const [regrets, errors, exact] = ['regret', 'regret_se', 'exact_regret'].map(column);
    for (const i of [0, 2, 3]) expect(Math.abs(regrets![i]! - exact![i]!)).toBeLessThan(4 * errors![i]!);
    expect(regrets![1]).toBe(0);
    for (const regret of column('step_regret')) expect(regret).toBeGreaterThanOrEqual(0);
    for (const name of ['summary.csv', 'comparisons.csv', 'learnt_quotes_inventory.png', 'learnt_quotes_time.png']) {
      expect(existsSync(place('out', name))).toBe(true);
    }

    writeFileSync(
      place('run.yaml'),
      `paths: 100
simulator: {sigma: 0.5, A: 20, k: 1.5, Q_max: 5, scheme: event}
strategies: [{type: ppo, policy: models/learn/policy.json}, hjb]
`,
    );
    const run = await runCli(['run', 'run.yaml', '--output-dir', 'run', '--quiet'], folder);
    expect(run.code).toBe(0);
    expect(readFileSync(place('run', 'summary.csv'), 'utf8')).toMatch(/^0,ppo,100,/m);
  }, 300_000);

  it('say what is wrong', async () => {
    const batch = await runCli(['train', 'learn.yaml', '--set', 'rl.batch_size=33', '--output-dir', 'x'], folder);
    expect(batch.code).toBe(2);
    expect(batch.stderr).toMatch(/rl\.batch_size: expected a divisor of n_envs x n_steps = 128, got 33/);
    const sweep = await runCli(['train', 'learn.yaml', '--set', 'rl.reward=profit'], folder);
    expect(sweep.code).toBe(2);
    expect(sweep.stderr).toMatch(/rl\.reward: expected one of "pnl", "sharpe"/);
    const absent = await runCli(['evaluate', 'learn.yaml', '--policy', 'none.json'], folder);
    expect(absent.code).toBe(2);
    expect(absent.stderr).toMatch(/none\.json: not a policy file: ENOENT/);
    const wild = await runCli(['train', 'learn.yaml', '--set', 'rl.learning_rate=1e9', '--output-dir', 'z'], folder);
    expect(wild.code).toBe(2);
    expect(wild.stderr).toMatch(/rl\.learning_rate: .* got a loss of no number after \d+ timesteps \(lower it\)/);
    const none = await runCli(['train', 'learn.yaml', '--resume', '--output-dir', 'y'], folder);
    expect(none.code).toBe(2);
    expect(none.stderr).toMatch(/checkpoint\.json: cannot read the checkpoint/);
  }, 180_000);
});

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Scenario } from '../config/experiment.ts';
import { csvTable } from '../report/csv.ts';
import { lockFolder } from '../report/folder-lock.ts';
import { renderChart } from '../report/plots/render-chart.ts';
import { openRunFolder, removeStale } from '../report/run-folder.ts';
import { type PolicyFile, policyJson } from '../strategies/ppo/policy-file.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { FileError } from '../util/errors.ts';
import { version } from '../util/version.ts';
import { checkpointJson, readCheckpoint } from './checkpoint.ts';
import { rlOf } from './env/settings.ts';
import { learningCurve } from './learning-curve.ts';
import { bestTotalReward } from './objective.ts';
import { policyOnnx } from './onnx.ts';
import { Ppo } from './ppo/ppo.ts';
import { TRAINING_COLUMNS, type TrainingRow } from './ppo/training-row.ts';

export interface TrainOptions {
  /** Where the model goes: policy.json, policy.onnx, training.csv, learning_curve.png, training.json, checkpoint.json. */
  readonly folder: string;
  /** Goes on from the folder's checkpoint; the policy is that of an uninterrupted training, byte for byte. */
  readonly resume?: boolean;
  /** Starts over where the folder holds an unfinished training. */
  readonly fresh?: boolean;
  /** Threads that play; 0 = the calling one. By default the cores. */
  readonly workers?: number;
  /** An update is done; for progress only. */
  readonly onUpdate?: (row: TrainingRow) => void;
  /** Aborted: the state is saved and the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

export interface TrainingResult {
  readonly policy: PolicyFile;
  readonly rows: readonly TrainingRow[];
  readonly policyFile: string;
}

/**
 * Trains a policy by PPO on a scenario, as its `rl:` section says, and writes it to a folder. What is written is a function of
 * the scenario and its seed alone.
 * @throws ConfigError where the section's numbers do not fit together, FileError where the folder cannot be written, is in use
 *   or holds an unfinished training, the signal's reason where it is aborted
 */
export async function train(scenario: Scenario, options: TrainOptions): Promise<TrainingResult> {
  const folder = await openRunFolder(options.folder);
  try {
    const lock = await lockFolder(folder.path);
    try {
      if (options.resume !== true && options.fresh !== true) requireNoUnfinished(folder.path);
      const ppo = await Ppo.create(scenario, { workers: options.workers ?? os.availableParallelism() });
      try {
        return await trainInFolder(ppo, options);
      } finally {
        await ppo.close();
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

async function trainInFolder(ppo: Ppo, { folder, ...options }: TrainOptions): Promise<TrainingResult> {
  const { rl } = ppo;
  const { scenario } = ppo.settings;
  const place = (name: string): string => path.join(folder, name);
  const rows: TrainingRow[] = [];
  if (options.resume === true) {
    const { state, rows: before } = await readCheckpoint(place('checkpoint.json'), scenario);
    ppo.restore(state);
    rows.push(...before);
  }
  // Until the new ones are written, the folder must not vouch for a policy of another training.
  for (const name of ['policy.json', 'policy.onnx', 'training.json']) await removeStale(place(name));
  const save = (): Promise<void> =>
    writeFileAtomic(place('checkpoint.json'), checkpointJson(scenario, { state: ppo.state, rows }));
  await ppo.learn(rl.total_timesteps, async (row) => {
    rows.push(row);
    options.onUpdate?.(row);
    // Lets signals and the progress display in.
    await setImmediate();
    if (options.signal?.aborted === true) {
      await save();
      throw options.signal.reason;
    }
    if (ppo.updates % rl.checkpoint_every === 0) await save();
  });
  await save();
  const policy = ppo.policy();
  await writeFileAtomic(place('training.csv'), trainingCsv(rows));
  const curve = learningCurve(rows, rl.reward, bestTotalReward(scenario));
  if (curve === undefined) await removeStale(place('learning_curve.png'));
  else await writeFileAtomic(place('learning_curve.png'), await renderChart(curve, { format: 'png' }));
  await writeFileAtomic(place('policy.onnx'), policyOnnx(policy));
  await writeFileAtomic(place('training.json'), trainingJson(scenario));
  await writeFileAtomic(place('policy.json'), policyJson(policy));
  return { policy, rows, policyFile: place('policy.json') };
}

function requireNoUnfinished(folder: string): void {
  const holds = (name: string): boolean => existsSync(path.join(folder, name));
  if (!holds('checkpoint.json') || holds('policy.json')) return;
  throw new FileError(
    `${folder}: holds an unfinished training (go on with it: add --resume; or start over: add --fresh; or give another --output-dir)`,
  );
}

function trainingCsv(rows: readonly TrainingRow[]): string {
  return csvTable(
    TRAINING_COLUMNS,
    rows.map((row) => TRAINING_COLUMNS.map((column) => row[column])),
  );
}

function trainingJson(scenario: Scenario): string {
  const { simulator, model, seed } = scenario;
  return `${JSON.stringify({ version, seed, simulator, model, rl: rlOf(scenario) }, undefined, 2)}\n`;
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Scenario } from '../config/experiment.ts';
import { ConfigError, FileError } from '../util/errors.ts';
import { rlOf } from './env/settings.ts';
import type { PpoState } from './ppo/ppo-state.ts';
import { TRAINING_COLUMNS, type TrainingRow } from './ppo/training-row.ts';

const FORMAT = 'mm-batch ppo checkpoint';
const VERSION = 1;

const numbers = z.array(z.number());
const moments = z.object({ mean: numbers, variance: numbers, count: z.number() });

const checkpoint = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  fingerprint: z.string(),
  timesteps: z.int(),
  updates: z.int(),
  steps: z.int(),
  parameters: z.base64(),
  adam: z.object({ steps: z.int(), firstMoments: z.base64(), secondMoments: z.base64() }),
  normaliser: z.object({
    observations: moments,
    returns: moments,
    discounted: numbers,
    scales: z.object({ mean: numbers, std: numbers }),
  }),
  environments: z.array(z.object({ path: z.int(), distances: z.base64() })),
  episodes: z.object({ count: z.int(), latest: z.array(numbers) }),
  /** One row an update in the order of TRAINING_COLUMNS; null for NaN. */
  rows: z.array(z.array(z.number().nullable())),
});

/** A training between two updates. */
export interface Checkpoint {
  readonly state: PpoState;
  readonly rows: readonly TrainingRow[];
}

/** The file's text. Every number reads back to the last bit. */
export function checkpointJson(scenario: Scenario, { state, rows }: Checkpoint): string {
  const { parameters, adam, ...plain } = state;
  const document: z.input<typeof checkpoint> = {
    format: FORMAT,
    version: VERSION,
    fingerprint: fingerprint(scenario),
    timesteps: plain.timesteps,
    updates: plain.updates,
    steps: plain.steps,
    parameters: base64(parameters),
    adam: { steps: adam.steps, firstMoments: base64(adam.firstMoments), secondMoments: base64(adam.secondMoments) },
    normaliser: {
      observations: mutable(plain.normaliser.observations),
      returns: mutable(plain.normaliser.returns),
      discounted: [...plain.normaliser.discounted],
      scales: { mean: [...plain.normaliser.scales.mean], std: [...plain.normaliser.scales.std] },
    },
    environments: plain.environments.map(({ path, distances }) => ({ path, distances: base64(distances) })),
    episodes: { count: plain.episodes.count, latest: plain.episodes.latest.map((row) => [...row]) },
    rows: rows.map((row) => TRAINING_COLUMNS.map((column) => (Number.isNaN(row[column]) ? null : row[column]))),
  };
  return `${JSON.stringify(document)}\n`;
}

/**
 * Reads a checkpoint of the scenario's training.
 * @throws FileError where there is none, ConfigError where it is of another training or no checkpoint of this version
 */
export async function readCheckpoint(file: string, scenario: Scenario): Promise<Checkpoint> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file}: cannot read the checkpoint: ${reason} (train without --resume first)`);
  }
  const parsed = checkpoint.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new ConfigError(
      `${file}: expected a checkpoint of version ${VERSION}, got another file (train without --resume)`,
    );
  }
  const { data } = parsed;
  const { scales } = data.normaliser;
  if (data.fingerprint !== fingerprint(scenario)) {
    throw new ConfigError(
      `${file}: expected a checkpoint of this experiment, got one of another market, model, rl section or seed ` +
        '(undo the change, or train without --resume)',
    );
  }
  return {
    state: {
      ...data,
      parameters: new Float32Array(bytes(data.parameters)),
      adam: {
        steps: data.adam.steps,
        firstMoments: new Float64Array(bytes(data.adam.firstMoments)),
        secondMoments: new Float64Array(bytes(data.adam.secondMoments)),
      },
      normaliser: {
        ...data.normaliser,
        scales: { mean: Float64Array.from(scales.mean), std: Float64Array.from(scales.std) },
      },
      environments: data.environments.map(({ path, distances }) => ({
        path,
        distances: new Float64Array(bytes(distances)),
      })),
    },
    rows: data.rows.map(rowOf),
  };
}

/** What a training hangs on: market, model, seed, and the rl section but for how long it goes on. */
function fingerprint(scenario: Scenario): string {
  const { simulator, model, seed } = scenario;
  const { total_timesteps, checkpoint_every: _, ...rl } = rlOf(scenario);
  const horizon = rl.learning_rate_schedule === 'linear' ? { total_timesteps } : {};
  return createHash('sha256')
    .update(JSON.stringify({ simulator, model, seed, rl, ...horizon }))
    .digest('hex');
}

function rowOf(values: readonly (number | null)[]): TrainingRow {
  const at = (column: (typeof TRAINING_COLUMNS)[number]): number =>
    values[TRAINING_COLUMNS.indexOf(column)] ?? Number.NaN;
  return {
    update: at('update'),
    timesteps: at('timesteps'),
    episodes: at('episodes'),
    ep_rew_mean: at('ep_rew_mean'),
    ep_rew_se: at('ep_rew_se'),
    ep_pnl_mean: at('ep_pnl_mean'),
    ep_len_mean: at('ep_len_mean'),
    learning_rate: at('learning_rate'),
    n_updates: at('n_updates'),
    policy_gradient_loss: at('policy_gradient_loss'),
    value_loss: at('value_loss'),
    entropy_loss: at('entropy_loss'),
    approx_kl: at('approx_kl'),
    clip_fraction: at('clip_fraction'),
    explained_variance: at('explained_variance'),
    std: at('std'),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function mutable(state: PpoState['normaliser']['observations']): z.input<typeof moments> {
  return { mean: [...state.mean], variance: [...state.variance], count: state.count };
}

function base64(values: Float32Array | Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function bytes(text: string): ArrayBuffer {
  const data = Buffer.from(text, 'base64');
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}

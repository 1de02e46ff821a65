import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RunPlan } from '../../plan/plan.ts';
import { version } from '../../util/version.ts';

/** The layout of a journal; raised when a reader would have to know. */
const FORMAT = 1;

export const experimentRecord = z.object({
  format: z.literal(FORMAT),
  version: z.string(),
  name: z.string(),
  /** The plan's hash, and what of it decides the single paths; see `pathsKey`. */
  hash: z.string(),
  key: z.string(),
  /** Files that paths depend on, such as the modules of custom strategies. */
  files: z.array(z.object({ file: z.string(), sha256: z.string() })),
  /** What the plan was made of. */
  source: z.object({
    text: z.string(),
    label: z.string(),
    overrides: z.array(z.string()),
    paths: z.number().optional(),
    seed: z.union([z.string(), z.number()]).optional(),
  }),
  exportPaths: z.enum(['csv', 'parquet']).optional(),
  /** Of which part of the run, where it is not the whole. */
  shard: z.object({ index: z.int(), count: z.int() }).optional(),
});

/** What a journal says of the run that it is of. */
export type ExperimentRecord = z.infer<typeof experimentRecord>;

/** The record of a plan; undefined where the plan cannot be made again from a text. */
export function experimentRecordOf(
  plan: RunPlan,
  exportPaths: 'csv' | 'parquet' | undefined,
): ExperimentRecord | undefined {
  if (plan.source === undefined) return undefined;
  const { text, label, options } = plan.source();
  return {
    format: FORMAT,
    version,
    name: plan.name,
    hash: plan.hash,
    key: pathsKey(plan),
    files: filesOf(plan),
    source: { text, label, ...options, overrides: [...options.overrides] },
    ...(exportPaths === undefined ? {} : { exportPaths }),
  };
}

/** Reads a record; undefined where it is none of this format. */
export function parseExperimentRecord(json: string | undefined): ExperimentRecord | undefined {
  if (json === undefined) return undefined;
  try {
    return experimentRecord.safeParse(JSON.parse(json)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * SHA-256 of what a plan's paths are functions of: plans of one key have the same path i in the same cell, however many of them.
 */
export function pathsKey({ scenarios }: RunPlan): string {
  const decisive = scenarios.map(({ paths: _paths, precision: _precision, statistics: _statistics, ...rest }) => rest);
  // Where a strategy's module lies does not matter, its content does.
  const description = JSON.stringify(decisive, (key, value: unknown) => (key === 'file' ? undefined : value));
  return createHash('sha256').update(description).digest('hex');
}

/** The files that a plan's strategies are made of, each once. */
export function filesOf({ cells }: RunPlan): { file: string; sha256: string }[] {
  const files = new Map(cells.flatMap(({ strategy: { source } }) => (source ? [[source.file, source.sha256]] : [])));
  return [...files].map(([file, sha256]) => ({ file, sha256 }));
}

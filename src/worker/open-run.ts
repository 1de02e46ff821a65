/** A run's plan on a worker, made again from what the coordinator offers. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunPlan } from '../plan/plan.ts';
import { planOfRecord } from '../plan-record.ts';
import {
  type ExperimentRecord,
  filesOf,
  parseExperimentRecord,
  pathsKey,
} from '../report/journal/experiment-record.ts';
import { type RunOffer, runOffer } from '../simulate/executors/queue/offer.ts';
import { UserError } from '../util/errors.ts';

/** This worker takes no block of the run; the message is for the users of both. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

export interface OpenedRun {
  readonly plan: RunPlan;
  readonly offer: RunOffer;
  readonly exportPaths?: ExperimentRecord['exportPaths'];
}

/**
 * Makes the plan of an offered run.
 * @param codeDir stands for the folder of the experiment file, which the modules of its strategies are relative to; by default that
 *   folder itself, or the current one where there is no such folder
 * @throws RefusedError where files that the run is made of are missing here, or others than the coordinator's
 */
export function openRun(text: string, codeDir: string | undefined): OpenedRun {
  const offer = parseOffer(text);
  const record = parseExperimentRecord(offer?.record);
  if (offer === undefined || record === undefined) throw new RefusedError('its offer cannot be read');
  const { label } = record.source;
  const own = path.dirname(label);
  const folder = codeDir ?? (existsSync(own) ? own : '.');
  const plan = planIn(record, path.join(path.resolve(folder), path.basename(label)));
  requireSame(record, plan, path.resolve(folder));
  return { plan, offer, exportPaths: record.exportPaths };
}

function parseOffer(text: string): RunOffer | undefined {
  try {
    return runOffer.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function planIn(record: ExperimentRecord, label: string): RunPlan {
  try {
    return planOfRecord(record, { label });
  } catch (error) {
    if (error instanceof UserError) throw new RefusedError(`${error.message} (--code-dir says where to look)`);
    throw error;
  }
}

function requireSame(record: ExperimentRecord, plan: RunPlan, folder: string): void {
  const here = new Map(filesOf(plan).map(({ file, sha256 }) => [path.relative(folder, file), sha256]));
  const there = path.dirname(record.source.label);
  const changed = record.files.flatMap(({ file, sha256 }) => {
    const name = path.relative(there, file);
    const own = here.get(name);
    const [its, ours] = [sha256.slice(0, 12), own?.slice(0, 12) ?? 'none'];
    return own === sha256 ? [] : [`${path.join(folder, name)}: SHA-256 ${ours}… here, ${its}… at the coordinator`];
  });
  if (changed.length > 0) throw new RefusedError(`${changed.join('; ')} (copy the file here, or say --code-dir)`);
  if (pathsKey(plan) !== record.key) throw new RefusedError('its experiment reads differently here');
}

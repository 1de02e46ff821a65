/** Runs that are gone on with: what is simulated already is taken over. */
import { existsSync } from 'node:fs';
import { readTextFile } from './config/read-file.ts';
import type { RunPlan } from './plan/plan.ts';
import { planDifferences } from './plan/plan-difference.ts';
import { shardName } from './plan/shard.ts';
import { planOfRecord } from './plan-record.ts';
import { type ExperimentRecord, filesOf, pathsKey } from './report/journal/experiment-record.ts';
import { type FoundRun, findRun, requireVersion } from './report/journal/open-journal.ts';
import { ConfigError, FileError, UserError } from './util/errors.ts';
import { shellWord } from './util/shell-word.ts';

/** What may change when a run is gone on with; everything else would change the paths that there are. */
export interface ResumeChanges {
  readonly paths?: number | undefined;
  /** As `--set`; of them only those of `paths`, `precision` and `statistics` are taken. */
  readonly overrides: readonly string[];
  /** Goes on with the experiment as it was begun though its file has changed. */
  readonly asBegun: boolean;
}

export interface ResumedRun extends FoundRun {
  readonly plan: RunPlan;
  /** True where the report in the folder is of this plan already. */
  readonly isDone: boolean;
}

/**
 * The plan of the run in a folder, made again from what the folder keeps of it.
 * @throws FileError where there is none, or it was begun by another version; ConfigError where what was run has changed since, or a
 *   change is asked for that would change its paths, with the differences
 */
export async function planResumed(folder: string, changes: ResumeChanges): Promise<ResumedRun> {
  const found = await findRun(folder);
  if (found === undefined) {
    const cure = existsSync(folder) ? 'nothing was kept that could be gone on with; run it again' : 'no such folder';
    throw new FileError(`${folder}: holds no run to resume: ${cure}`);
  }
  const { record, isFinished } = found;
  if (record.shard !== undefined && (changes.paths !== undefined || changes.overrides.length > 0)) {
    throw new ConfigError(
      `${folder}: holds ${shardName(record.shard)}, which cannot be changed by itself; run the shards anew`,
    );
  }
  const then = planAsBegun(folder, record);
  if (!changes.asBegun) await requireFileUnchanged(folder, record, then);
  const plan = planOfRecord(record, changes);
  if (pathsKey(plan) !== record.key) {
    const cure = 'only paths, precision and statistics may change; run it anew for the rest';
    throw new ConfigError(
      `${folder}: the change would make other paths (${cure})${listed(planDifferences(then, plan))}`,
    );
  }
  return { record, isFinished, plan, isDone: isFinished && plan.hash === record.hash };
}

/**
 * The plan that a record is of, made again.
 * @throws FileError where it was made by another version, ConfigError where what it was made of has changed since
 */
export function planAsBegun(folder: string, record: ExperimentRecord): RunPlan {
  requireVersion(folder, record);
  const then = planOfRecord(record);
  requireUnchanged(folder, record, then);
  return then;
}

/**
 * Makes sure that a new run does not destroy an unfinished one.
 * @throws FileError that says how to go on with it, and where this one differs
 */
export async function requireNoUnfinished(folder: string, plan: RunPlan): Promise<void> {
  const found = await findRun(folder);
  if (found === undefined || found.isFinished) return;
  const { record } = found;
  if (record.shard !== undefined) {
    const which = `${shardName(record.shard)} of ${record.name}`;
    throw new FileError(`${folder}: holds ${which} (give another --output-dir, or start over: add --fresh)`);
  }
  const cure = `go on with it: mm-batch resume ${shellWord(folder)}; or start over: add --fresh; or give another --output-dir`;
  if (record.hash === plan.hash) throw new FileError(`${folder}: holds this run, unfinished (${cure})`);
  const other = `${folder}: holds an unfinished run of another experiment, ${record.name} (${cure})`;
  throw new FileError(other + listed(differencesFrom(record, plan)));
}

/** The experiment is in the folder, but the modules of its strategies are not. */
function requireUnchanged(folder: string, { files, key }: ExperimentRecord, then: RunPlan): void {
  const now = new Map(filesOf(then).map(({ file, sha256 }) => [file, sha256]));
  const changed = files.filter(({ file, sha256 }) => now.get(file) !== sha256);
  const cure = 'undo the change, or run it anew';
  if (changed.length > 0) {
    const lines = changed.map(
      ({ file, sha256 }) =>
        `${file}: SHA-256 ${sha256.slice(0, 12)}… then, ${now.get(file)?.slice(0, 12) ?? 'none'}… now`,
    );
    throw new ConfigError(
      `${folder}: files that the run is made of have changed since it was begun (${cure})${listed(lines)}`,
    );
  }
  if (key !== pathsKey(then)) {
    throw new ConfigError(`${folder}: the experiment reads differently than when it was begun; run it anew`);
  }
}

/** Who has changed the file expects the change in the results. */
async function requireFileUnchanged(folder: string, record: ExperimentRecord, then: RunPlan): Promise<void> {
  const { label, text } = record.source;
  if (!existsSync(label)) return;
  const current = await readTextFile(label);
  if (current === text) return;
  const cure = `undo the change, go on with the experiment as it was begun: add --as-begun, or run it anew`;
  let lines: string[];
  try {
    const now = planOfRecord(record, { text: current });
    if (now.hash === then.hash) return;
    lines = planDifferences(then, now);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    lines = error.message.split('\n');
  }
  throw new ConfigError(`${folder}: ${label} has changed since the run was begun (${cure})${listed(lines)}`);
}

function differencesFrom(record: ExperimentRecord, plan: RunPlan): string[] {
  try {
    return planDifferences(planOfRecord(record), plan);
  } catch (error) {
    // Its modules may be gone; that it is another experiment is known without them.
    if (error instanceof UserError) return [];
    throw error;
  }
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `\n  ${line}`).join('');
}

/** The journal of a run: opened before the work, and ended with it. */
import type { RunPlan } from './plan/plan.ts';
import { type ExperimentRecord, experimentRecordOf } from './report/journal/experiment-record.ts';
import type { Journal } from './report/journal/journal.ts';
import { openJournal } from './report/journal/open-journal.ts';
import { requireNoUnfinished } from './resume-run.ts';
import { formatBytes } from './util/format.ts';
import { shellWord } from './util/shell-word.ts';

/**
 * auto: begins after a second of work, and stays with the report where it is small; keep: begins at once and stays; off: none, and
 * a run that is interrupted is lost.
 */
export type JournalMode = 'auto' | 'keep' | 'off';

export interface JournalChoice {
  readonly journal?: JournalMode | undefined;
  /** Takes over the paths of the folder's journal. */
  readonly resume?: boolean | undefined;
  /** Starts over where the folder holds an unfinished run. */
  readonly fresh?: boolean | undefined;
  /** Lines for the user: what is taken over, what was damaged, how to go on. */
  readonly onNote?: ((line: string) => void) | undefined;
}

/** Milliseconds after which a run is long enough to be worth a journal. */
const DELAY = 1000;
/** A larger journal goes with the end of the run, unless it is to be kept. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

export class RunJournal {
  /** What the folder keeps to make the plan again; undefined where a text alone does not make it. */
  readonly experiment: ExperimentRecord | undefined;
  /** Undefined where none is written. */
  readonly store: Journal | undefined;
  /** Aborted where the journal cannot be written any more. */
  readonly signal: AbortSignal;
  readonly #folder: string;
  readonly #choice: JournalChoice;

  private constructor(
    folder: string,
    choice: JournalChoice,
    experiment: ExperimentRecord | undefined,
    store: Journal | undefined,
    signal: AbortSignal,
  ) {
    this.#folder = folder;
    this.#choice = choice;
    this.experiment = experiment;
    this.store = store;
    this.signal = signal;
  }

  /** Opens the journal in a folder that is locked. Throws FileError, also where a new run would destroy an unfinished one. */
  static async open(
    folder: string,
    plan: RunPlan,
    choice: JournalChoice,
    exportPaths: 'csv' | 'parquet' | undefined,
  ): Promise<RunJournal> {
    const { journal = 'auto', resume = false, fresh = false, onNote } = choice;
    if (!resume && !fresh) await requireNoUnfinished(folder, plan);
    const failure = new AbortController();
    const experiment = experimentRecordOf(plan, exportPaths);
    if (experiment === undefined) return new RunJournal(folder, choice, undefined, undefined, failure.signal);
    const store = await openJournal(folder, plan, {
      experiment,
      resume,
      isOff: journal === 'off',
      delay: journal === 'keep' ? 0 : DELAY,
      note: (line) => onNote?.(line),
      onFailure: (error) => failure.abort(error),
      onFull: (bytes) =>
        onNote?.(
          `journal.bin takes half of the disk's free space (${formatBytes(bytes)}) and grows no further: what is simulated from ` +
            'here on is lost if the run is interrupted',
        ),
    });
    return new RunJournal(folder, choice, experiment, store, failure.signal);
  }

  /** The report is written. */
  async finish(): Promise<void> {
    const isKept = this.#choice.journal === 'keep';
    await this.store?.finish((bytes) => isKept || bytes <= MOST_KEPT_BYTES);
  }

  /** The run has ended before its report was written: keeps what there is, and says how to go on. */
  async suspend(): Promise<void> {
    if ((await this.store?.suspend()) !== true) return;
    this.#choice.onNote?.(`what is simulated is kept; go on with: mm-batch resume ${shellWord(this.#folder)}`);
  }
}

/** Plans that are made again from what was kept of them. */
import { catalogue } from './catalogue.ts';
import { parseExperiment } from './config/load.ts';
import { planRun, type RunPlan } from './plan/plan.ts';
import type { ExperimentRecord } from './report/journal/experiment-record.ts';

/** What may be otherwise than when the plan was first made. */
export interface RecordChanges {
  /** The experiment's text. */
  readonly text?: string;
  /** The experiment's file: its folder is where the modules of its strategies are looked for. */
  readonly label?: string;
  readonly paths?: number | undefined;
  readonly overrides?: readonly string[];
}

/** The plan that a record is of. Throws ConfigError where it cannot be made any more. */
export function planOfRecord({ name, source }: ExperimentRecord, changes: RecordChanges = {}): RunPlan {
  const { text = source.text, label = source.label, paths = source.paths, overrides = [] } = changes;
  const file = parseExperiment(text, label, catalogue, {
    overrides: [...source.overrides, ...overrides],
    ...(paths === undefined ? {} : { paths }),
    ...(source.seed === undefined ? {} : { seed: source.seed }),
  });
  return planRun({ ...file, name });
}

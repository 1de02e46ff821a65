import { readdirSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '../catalogue.ts';
import { problemsOf } from '../config/issues.ts';
import { loadExperimentFile } from '../config/load.ts';
import { configError } from '../config/problem.ts';
import { readTextFile } from '../config/read-file.ts';
import { readExperimentText } from '../config/yaml-source.ts';
import { planRun, type RunPlan } from '../plan/plan.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { ConfigError } from '../util/errors.ts';
import { packageRoot } from '../util/package-root.ts';
import { type Study, type StudyCase, studySchema } from './study-schema.ts';

const ENDING = '.expected.yaml';

/** A study that has been read and checked, each case with the plan of its one scenario. */
export interface LoadedStudy {
  /** The file's name without `.expected.yaml`; what the study's own files begin with. */
  readonly name: string;
  readonly study: Study;
  readonly cases: readonly { readonly expected: StudyCase; readonly plan: RunPlan }[];
}

export interface StudyOptions {
  readonly paths?: number | undefined;
  readonly seed?: string | undefined;
}

/** The folder of the studies that come with the package. */
const STUDIES = path.join(packageRoot, 'configs', 'reproduce');

/** The studies that come with the package, by name, in alphabetical order. */
export function studyNames(): string[] {
  const files = readdirSync(STUDIES).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).sort();
}

/**
 * Reads a study of the package by its name, or any by the path of its file, and plans its cases.
 * Throws ConfigError with every problem of the file, or where there is no such study, and FileError where it cannot be read.
 */
export async function loadStudy(nameOrFile: string, options: StudyOptions): Promise<LoadedStudy> {
  const file = fileOf(nameOrFile);
  const source = readExperimentText(await readTextFile(file), file);
  const parsed = studySchema.safeParse(source.value);
  if (!parsed.success) {
    throw configError(problemsOf(studySchema, source.value, parsed.error.issues), [source]);
  }
  const study = parsed.data;
  const experiment = path.join(path.dirname(file), study.experiment);
  const cases = [];
  for (const expected of study.cases) {
    cases.push({ expected, plan: await planCase(experiment, expected, options) });
  }
  return { name: path.basename(file).replace(/(\.expected)?\.[a-z]+$/, ''), study, cases };
}

async function planCase(experiment: string, expected: StudyCase, { paths, seed }: StudyOptions): Promise<RunPlan> {
  const overrides = Object.entries(expected.set).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const plan = planRun(
    await loadExperimentFile(experiment, catalogue, {
      overrides,
      ...(paths === undefined ? {} : { paths }),
      ...(seed === undefined ? {} : { seed }),
    }),
  );
  if (plan.scenarios.length !== 1) {
    throw new ConfigError(`${experiment} sweep: expected one scenario, got ${plan.scenarios.length} (remove sweep:)`);
  }
  return plan;
}

function fileOf(nameOrFile: string): string {
  if (/\.(ya?ml|json)$/.test(nameOrFile)) return nameOrFile;
  const names = studyNames();
  if (names.includes(nameOrFile)) return path.join(STUDIES, nameOrFile + ENDING);
  const near = didYouMean(nameOrFile, names);
  throw new ConfigError(
    `studies: expected a file or one of ${names.join(', ')}, got ${nameOrFile}` +
      (near === undefined ? '' : ` (did you mean "${near}"?)`),
  );
}

import { basename, dirname, extname, resolve } from 'node:path';
import { didYouMean } from '../util/did-you-mean.ts';
import type { Catalogue } from './catalogue.ts';
import { type Checked, check } from './check.ts';
import type { Scenario, SweepAxis, SweepPoint } from './experiment.ts';
import { goalsOf } from './goal-rules.ts';
import type { Goals } from './goals.ts';
import { describeValue } from './issue-text.ts';
import { boundedCopy } from './limits.ts';
import { applyOverrides, isReplacedBy, type LoadOptions, type Overridden, withoutSweep } from './overrides.ts';
import { printable, setAt, startsWith } from './path.ts';
import { configError, type Problem, problemAt, type Source } from './problem.ts';
import { readTextFile } from './read-file.ts';
import { type ExperimentSchema, experimentSchema } from './schema.ts';
import { SourceFiles } from './source-files.ts';
import { axesOf, type ExpandedSweep, expandSweep, type PlacedColumn } from './sweep.ts';
import { meantBy } from './sweep-mappings.ts';
import { readExperimentText } from './yaml-source.ts';

export type { SweepAxis } from './experiment.ts';
export type { LoadOptions } from './overrides.ts';

/** What an experiment was read from: enough to read it again. */
export interface ExperimentSource {
  readonly text: string;
  /** Absolute; modules of custom strategies are relative to its folder. */
  readonly label: string;
  readonly options: LoadOptions;
}

/** A checked experiment file. */
export interface ExperimentFile {
  /** Undefined where the experiment is not what its text says. */
  readonly source: (() => ExperimentSource) | undefined;
  /** `name:`, or the file's base name. */
  readonly name: string;
  /** The swept paths in the file's order, each with its distinct values; empty without a sweep. */
  readonly axes: readonly SweepAxis[];
  /** The thresholds and the choice that the file asks for. */
  readonly goals: Goals;
  /** The points of the sweep in the report's order; one empty point without a sweep. */
  points(): Iterable<SweepPoint>;
  /**
   * The scenario at a point of the sweep, every default filled in; `{}` gives the file without its sweep.
   * Throws ConfigError that names the point and the axis's place where the values do not go together.
   */
  scenarioAt(point: SweepPoint): Scenario;
}

/** Reads and checks an experiment file. Throws ConfigError with every problem, FileError where it cannot be read. */
export async function loadExperimentFile(
  file: string,
  catalogue: Catalogue,
  options: LoadOptions,
): Promise<ExperimentFile> {
  return parseExperiment(await readTextFile(file), file, catalogue, options);
}

/** The same from a text in YAML or JSON; `label` is the file name of its messages. Throws ConfigError. */
export function parseExperiment(
  text: string,
  label: string,
  catalogue: Catalogue,
  options: LoadOptions,
): ExperimentFile {
  const source = readExperimentText(text, label);
  const files = new SourceFiles(dirname(label), catalogue);
  return {
    ...checkData(source.value, source, nameOf(label), catalogue, options, files),
    source: () => ({ text, label: resolve(label), options }),
  };
}

/** The same from a plain object. It is copied, so later changes do not show. Throws ConfigError. */
export function checkExperiment(value: unknown, catalogue: Catalogue): ExperimentFile {
  const source: Source = { place: () => ({ text: 'config', order: 0 }) };
  const options = { overrides: [] };
  const { value: copied } = boundedCopy(value);
  return {
    ...checkData(value, source, 'config', catalogue, options, new SourceFiles('.', catalogue)),
    source: () => ({ text: JSON.stringify(copied), label: resolve('config'), options }),
  };
}

function checkData(
  given: unknown,
  source: Source,
  defaultName: string,
  catalogue: Catalogue,
  options: LoadOptions,
  files: SourceFiles,
): Omit<ExperimentFile, 'source'> {
  const schema = experimentSchema(catalogue);
  const copy = boundedCopy(given);
  if (copy.problems.length > 0) throw configError(copy.problems, [source]);
  const overridden = applyOverrides(copy.value, schema, options);
  const sources = [overridden, source];
  const checked = check(schema, catalogue, overridden.value);
  const sweep = expandSweep(schema, overridden.value);
  const problems = [
    ...overridden.problems,
    ...(checked.ok ? [] : checked.problems),
    ...sweep.problems,
    ...replacedOverrides(overridden, sweep.columns),
  ];
  if (!checked.ok || problems.length > 0) throw configError(problems, sources);

  const base = withoutSweep(overridden.value);
  return {
    name: checked.name ?? defaultName,
    axes: axesOf(sweep.columns),
    goals: goalsOf(overridden.value, catalogue.metrics),
    points: sweep.points,
    scenarioAt: (point) => {
      const atPoint = checkPoint(point, sweep.columns, base, schema, catalogue);
      const { scenario, problems } = atPoint.ok ? files.attach(atPoint.scenario) : { ...atPoint, scenario: undefined };
      if (scenario !== undefined && problems.length === 0) return scenario;
      throw configError(problems, [pointSource(point, sweep, sources), ...sources]);
    },
  };
}

function checkPoint(
  point: SweepPoint,
  axes: readonly PlacedColumn[],
  base: unknown,
  schema: ExperimentSchema,
  catalogue: Catalogue,
): Checked {
  const unknown = Object.keys(point).filter((key) => !axes.some(({ path }) => path === key));
  if (unknown.length > 0) return { ok: false, problems: unknown.map((key) => unknownAxis(key, axes)) };
  const swept = axes.filter(({ path }) => Object.hasOwn(point, path));
  const data = swept.reduce<unknown>(
    (value, { path, target, mappings }) => setAt(value, target, meantBy(point[path], mappings)),
    base,
  );
  const checked = check(schema, catalogue, data);
  if (checked.ok || swept.length === 0) return checked;
  const where = printable(swept.map(({ path }) => `${path} = ${describeValue(point[path])}`).join(', '), 300);
  const problems = checked.problems.map((problem) => ({
    ...problem,
    text: `${problem.text} at the sweep point ${where}`,
    related: [...problem.related, ...swept.map(({ target }) => target)],
  }));
  return { ok: false, problems };
}

function unknownAxis(key: string, axes: readonly PlacedColumn[]): Problem {
  const paths = axes.map(({ path }) => path);
  const near = didYouMean(key, paths);
  const suggestion = near === undefined ? '' : `; did you mean "${near}"?`;
  return problemAt([key], `no axis of the sweep${suggestion} (axes: ${paths.join(', ') || 'none'})`);
}

/** Places what is wrong at a point: at the value of the axis that takes part. */
function pointSource(point: SweepPoint, sweep: ExpandedSweep, sources: readonly Source[]): Source {
  const swept = sweep.columns.filter(({ path }) => Object.hasOwn(point, path));
  return {
    place(path) {
      const axis = swept.find(({ target }) => startsWith(path, target));
      if (axis === undefined) return undefined;
      return firstPlace(sources, sweep.placeOf(axis, point));
    },
  };
}

function firstPlace(sources: readonly Source[], path: readonly (string | number)[]) {
  for (const source of sources) {
    const place = source.place(path, 'value');
    if (place !== undefined) return place;
  }
  return undefined;
}

/** An override that the sweep would replace has no effect, which its giver did not mean. */
function replacedOverrides({ applied }: Overridden, axes: readonly PlacedColumn[]): Problem[] {
  return axes.flatMap(({ kind, path, target }) =>
    applied
      .filter((override) => isReplacedBy(override, target))
      .map((override) => {
        const cure = kind === 'axis' ? `change the axis: --set 'sweep.${path}=[…]'` : `change sweep.${kind}`;
        return { ...problemAt(override.path, `has no effect, because the sweep gives it values (${cure})`), key: path };
      }),
  );
}

/** A file's base name, with what a folder name cannot hold replaced. */
function nameOf(label: string): string {
  const base = basename(label, extname(label))
    .replace(/[^A-Za-z0-9._ -]/g, '-')
    .replace(/^[^A-Za-z0-9_]+/, '');
  return base.slice(0, 100).replace(/[. ]+$/, '') || 'experiment';
}

import type { CellRow } from '../read/run-tables.ts';

/**
 * How a chart lays out the scenarios of a sweep: along one swept path, in a panel for each combination of the others; all in
 * one panel where no two scenarios differ in that path alone, as in a sweep of drawn or zipped points.
 */
export interface SweepLayout {
  /** The swept path along the axis. */
  readonly path: string;
  /** True where all its values are numbers. */
  readonly continuous: boolean;
  /** True where its values are spread over orders of magnitude. */
  readonly logarithmic: boolean;
  /** False where a line from one scenario to the next would mean nothing. */
  readonly isJoined: boolean;
  /** Panels in the order of the scenarios: their titles, and the scenarios in them. */
  readonly panels: readonly { readonly title: readonly string[]; readonly scenarios: ReadonlySet<number> }[];
}

/** Largest over least value from which an axis is logarithmic. */
const ORDERS_OF_MAGNITUDE = 30;

/** Lays a sweep out along the path with the most values, numbers before texts. @throws RangeError without a swept path */
export function layoutSweep(cells: readonly CellRow[], sweptPaths: readonly string[]): SweepLayout {
  const axes = sweptPaths.map((path) => {
    const values = [...new Set(cells.map(({ point }) => point[path] ?? ''))];
    return { path, values, continuous: values.every(isNumber) };
  });
  const [axis] = axes.toSorted(
    (a, b) =>
      Number(b.values.length > 1) - Number(a.values.length > 1) ||
      Number(b.continuous) - Number(a.continuous) ||
      b.values.length - a.values.length,
  );
  if (axis === undefined) throw new RangeError('sweep chart: expected a swept path, got none');
  const panels = new Map<string, { title: readonly string[]; scenarios: Set<number> }>();
  for (const { scenario, point } of cells) {
    const others = sweptPaths.filter((path) => path !== axis.path);
    const key = JSON.stringify(others.map((path) => point[path]));
    const panel = panels.get(key) ?? { title: pointTitle(point, others), scenarios: new Set() };
    panels.set(key, panel);
    panel.scenarios.add(scenario);
  }
  const numbers = axis.values.map(Number);
  const scenarios = new Set(cells.map(({ scenario }) => scenario));
  const isScattered = scenarios.size > 1 && panels.size === scenarios.size;
  return {
    path: axis.path,
    continuous: axis.continuous,
    logarithmic: axis.continuous && spread(numbers) >= ORDERS_OF_MAGNITUDE,
    isJoined: !isScattered,
    panels: isScattered ? [{ title: [], scenarios }] : [...panels.values()],
  };
}

/** The title of a panel: a line for each swept path. */
export function pointTitle(point: CellRow['point'], paths: readonly string[]): string[] {
  return paths.map((path) => `${path} = ${shortValue(point[path] ?? '')}`);
}

/** A swept value for people: a number to 4 digits. */
export function shortValue(text: string): string {
  return isNumber(text) ? String(Number(Number(text).toPrecision(4))).replace('-', '−') : text;
}

export function isNumber(text: string): boolean {
  return text !== '' && Number.isFinite(Number(text));
}

function spread(values: readonly number[]): number {
  const least = Math.min(...values);
  return least > 0 ? Math.max(...values) / least : 0;
}

import type { SweepPoint, SweepValue } from '../config/experiment.ts';
import type { SweepAxis } from '../config/load.ts';

/** The product of all axes, the last axis varying fastest; one empty point without axes. */
export function* sweepPoints(axes: readonly SweepAxis[]): Generator<SweepPoint> {
  const total = axes.reduce((product, axis) => product * axis.values.length, 1);
  for (let index = 0; index < total; index++) {
    const point: Record<string, SweepValue> = {};
    let rest = index;
    for (const { path, values } of axes.toReversed()) {
      point[path] = values[rest % values.length]!;
      rest = Math.floor(rest / values.length);
    }
    // Keys in the order of the file, as the report's columns are.
    yield Object.fromEntries(axes.map(({ path }) => [path, point[path]!]));
  }
}

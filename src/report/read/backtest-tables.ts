import { type NamedProfile, PROFILE_COLUMNS, type ProfileColumn } from '../profiles-csv.ts';
import { type RecordedPath, TRAJECTORY_COLUMNS } from '../trajectories-csv.ts';
import { csvRows, numberIn } from './csv-rows.ts';

/** The paths of a trajectories.csv, in the file's order. Throws FileError. */
export async function readTrajectories(file: string): Promise<RecordedPath[]> {
  const paths = new Map<string, RecordedPath & { readonly trajectory: ReturnType<typeof emptyTrajectory> }>();
  for await (const row of csvRows(file, TRAJECTORY_COLUMNS)) {
    const strategy = row['strategy'] ?? '';
    const path = numberIn(file, row, 'path');
    const key = `${path}/${strategy}`;
    const recorded = paths.get(key) ?? { strategy, path, trajectory: emptyTrajectory() };
    paths.set(key, recorded);
    const { trajectory } = recorded;
    trajectory.t.push(numberIn(file, row, 'time'));
    for (const column of ['mid', 'bid', 'ask', 'inventory', 'cash', 'pnl', 'fill'] as const) {
      trajectory[column].push(numberIn(file, row, column));
    }
  }
  return [...paths.values()];
}

function emptyTrajectory() {
  const column = (): number[] => [];
  return {
    t: column(),
    mid: column(),
    bid: column(),
    ask: column(),
    inventory: column(),
    cash: column(),
    pnl: column(),
    fill: column(),
  };
}

/** The profiles of a profiles.csv, in the file's order. Throws FileError. */
export async function readProfiles(file: string): Promise<NamedProfile[]> {
  const strategies = new Map<string, Map<ProfileColumn, number[]>>();
  for await (const row of csvRows(file, ['strategy', ...PROFILE_COLUMNS])) {
    const strategy = row['strategy'] ?? '';
    const columns = strategies.get(strategy) ?? new Map(PROFILE_COLUMNS.map((column) => [column, []]));
    strategies.set(strategy, columns);
    for (const [column, values] of columns) values.push(numberIn(file, row, column));
  }
  return [...strategies].map(([strategy, columns]) => {
    const values = (column: ProfileColumn): Float64Array => Float64Array.from(columns.get(column) ?? []);
    const band = (quantity: 'pnl' | 'inventory') => ({
      mean: values(`${quantity}_mean`),
      p05: values(`${quantity}_p05`),
      p50: values(`${quantity}_p50`),
      p95: values(`${quantity}_p95`),
    });
    const paths = columns.get('paths')?.[0] ?? 0;
    return { strategy, profile: { paths, times: values('time'), pnl: band('pnl'), inventory: band('inventory') } };
  });
}

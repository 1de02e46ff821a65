import type { PathProfile } from '../aggregate/path-profile.ts';
import { csvTable } from './csv.ts';

/** The profile of one strategy. */
export interface NamedProfile {
  readonly strategy: string;
  readonly profile: PathProfile;
}

/** The columns of profiles.csv after the strategy; pnl in price units × units, inventory in units. */
export const PROFILE_COLUMNS = [
  'time',
  'paths',
  'pnl_mean',
  'pnl_p05',
  'pnl_p50',
  'pnl_p95',
  'inventory_mean',
  'inventory_p05',
  'inventory_p50',
  'inventory_p95',
] as const;
export type ProfileColumn = (typeof PROFILE_COLUMNS)[number];

/** profiles.csv: one row for each strategy and time. */
export function profilesCsv(profiles: readonly NamedProfile[]): string {
  const rows = profiles.flatMap(({ strategy, profile: { paths, times, pnl, inventory } }) =>
    Array.from(times, (time, i) => [
      strategy,
      time,
      paths,
      ...[pnl, inventory].flatMap(({ mean, p05, p50, p95 }) => [mean[i], p05[i], p50[i], p95[i]]),
    ]),
  );
  return csvTable(['strategy', ...PROFILE_COLUMNS], rows);
}

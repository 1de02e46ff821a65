import path from 'node:path';
import { removeStale } from '../run-folder.ts';

/** Names of all pictures that a run's folder can hold, without their endings. */
export const PICTURES = [
  'backtest_comparison',
  'statistics_table',
  'pnl_distribution',
  'inventory_distribution',
  'risk_return',
  'differences',
  'convergence',
  'sweep_mean',
  'sweep_std',
  'sweep_cvar',
  'sweep_difference',
  'sweep_heatmap',
] as const;

export type Picture = (typeof PICTURES)[number];

/** Removes what an earlier drawing left, so that every picture in the folder is of its CSVs. */
export async function removePictures(folder: string): Promise<void> {
  for (const name of PICTURES) {
    for (const format of ['png', 'svg']) await removeStale(path.join(folder, `${name}.${format}`));
  }
}

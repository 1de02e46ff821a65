import type { FillReader } from './fill-reader.ts';

/** Times at which quotes are looked at. */
const PROBES = 8;
/** A fill that is expected so seldom counts for nothing. */
const NEGLIGIBLE = 1e-16;

/** The largest jump of PnL at a fill that can be expected, over the lattice and some times from 0 to T. */
export function largestJump(reader: FillReader, T: number): number {
  let largest = 0;
  for (let i = 0; i <= (reader.timeDependent ? PROBES : 0); i++) {
    const { bid, ask } = reader.at((i / PROBES) * T);
    for (const { rate, jump } of [bid, ask]) {
      rate.forEach((r, j) => {
        if (r * T > NEGLIGIBLE) largest = Math.max(largest, Math.abs(jump[j]!));
      });
    }
  }
  return largest;
}

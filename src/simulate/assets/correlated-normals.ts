import type { PriceDriver } from '../block-request.ts';
import { NormalStream, type NumberStream } from '../random/path-stream.ts';
import { Role } from '../random/roles.ts';
import type { Key } from '../random/threefry.ts';

/**
 * Standard normals of one asset's price, w_i = Σ_j L_ij z_j with L the Cholesky factor of the correlations: number n of one asset
 * has them with number n of another. The z_j are streams of their keys, so that assets need not know of each other.
 */
export class CorrelatedNormals implements NumberStream {
  readonly #streams: readonly NormalStream[];
  readonly #weights: Float64Array;

  constructor(drivers: readonly PriceDriver[]) {
    this.#streams = drivers.map(({ key }) => new NormalStream(key, Role.price, Role.priceRejected));
    this.#weights = Float64Array.from(drivers, ({ weight }) => weight);
  }

  start(path: number, reversed: boolean): void {
    for (const stream of this.#streams) stream.start(path, reversed);
  }

  next(): number {
    let sum = 0;
    for (let j = 0; j < this.#weights.length; j++) sum += this.#weights[j]! * this.#streams[j]!.next();
    return sum;
  }
}

/**
 * The drivers of an asset's price: those of its row of the Cholesky factor that count. Undefined where it has normals of its own
 * alone, as the first asset and independent ones have.
 * @param keys of the assets, in their order
 */
export function priceDriversOf(row: readonly number[], keys: readonly Key[]): readonly PriceDriver[] | undefined {
  const drivers = row.flatMap((weight, j) => (weight === 0 ? [] : [{ key: keys[j]!, weight }]));
  return drivers.length === 1 && row.at(-1) === 1 ? undefined : drivers;
}

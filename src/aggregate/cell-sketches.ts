import type { PathColumns } from '../simulate/path-columns.ts';
import type { OrderStatistics } from './order-statistics.ts';
import type { Centring } from './pilot.ts';
import { QuantileSketch, type SketchContent } from './quantile-sketch.ts';

/** Where the sketches of a cell lie. */
interface Centrings {
  readonly pnl: Centring;
  readonly drawdowns: Centring | undefined;
  readonly assets: readonly Centrings[];
}

/** The sketches of a cell as plain values. */
export interface SketchesContent {
  readonly pnl: SketchContent;
  readonly drawdowns: SketchContent | undefined;
  readonly assets: readonly SketchesContent[];
}

/** What a cell's order statistics come from in sketch mode: of PnL, of drawdowns where asked for, and of each asset. */
export class CellSketches {
  readonly assets: readonly CellSketches[];
  readonly #pnl: QuantileSketch;
  readonly #drawdowns: QuantileSketch | undefined;

  /** Empty sketches, with the centres and scales of a pilot or of other sketches. */
  constructor({ pnl, drawdowns, assets }: Centrings) {
    this.#pnl = new QuantileSketch(pnl.centre, pnl.scale);
    this.#drawdowns = drawdowns && new QuantileSketch(drawdowns.centre, drawdowns.scale);
    this.assets = assets.map((asset) => new CellSketches(asset));
  }

  /** Adds checked columns. @throws RangeError where a value is too far out for a sketch, or drawdowns are missing */
  add({ pnl, maxDrawdown, assets }: PathColumns): void {
    if (this.#drawdowns !== undefined && maxDrawdown === undefined) {
      throw new RangeError('drawdowns: PnL was not monitored on the way');
    }
    this.#pnl.add(pnl);
    if (maxDrawdown !== undefined) this.#drawdowns?.add(maxDrawdown);
    this.assets.forEach((asset, i) => {
      const own = assets?.[i];
      if (own === undefined) throw new Error(`the paths lack asset ${i} of the portfolio`);
      asset.add(own);
    });
  }

  content(): SketchesContent {
    const assets = this.assets.map((asset) => asset.content());
    return { pnl: this.#pnl.content(), drawdowns: this.#drawdowns?.content(), assets };
  }

  /** Adds what the sketches of other paths of the cell hold. @throws RangeError where they are of another pilot */
  addContent({ pnl, drawdowns, assets }: SketchesContent): void {
    this.#pnl.addContent(pnl);
    if (drawdowns !== undefined) this.#drawdowns?.addContent(drawdowns);
    this.assets.forEach((asset, i) => {
      const own = assets[i];
      if (own === undefined)
        throw new RangeError(`sketch: expected ${this.assets.length} assets, got ${assets.length}`);
      asset.addContent(own);
    });
  }

  /** @throws RangeError where no path was added */
  statistics(): { readonly ordered: OrderStatistics; readonly drawdowns: OrderStatistics | undefined } {
    return { ordered: this.#pnl.statistics(), drawdowns: this.#drawdowns?.statistics() };
  }
}

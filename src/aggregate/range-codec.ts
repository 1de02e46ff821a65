import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PnlPart } from '../config/risk-columns.ts';
import {
  ByteReader,
  ByteWriter,
  type Codec,
  count,
  double,
  list,
  optional,
  struct,
  text,
  textMap,
} from '../util/codec.ts';
import type { CellFigures } from './cell-figures.ts';
import type { SketchesContent } from './cell-sketches.ts';
import type { CertaintyEquivalent } from './certainty-equivalent.ts';
import type { JointMoments } from './joint-moments.ts';
import type { Moments } from './moments.ts';
import type { PairSums } from './pair-inflation.ts';
import type { PairedFigure, PathFigures } from './path-figures.ts';
import type { Bins, SketchContent } from './quantile-sketch.ts';
import type { FoldedCell, FoldedPair, FoldedPairMoments, RangeAggregate } from './range-aggregate.ts';
import type { RiskFigures } from './risk-figures.ts';

/** The layout of the bytes; raised with every change of what is folded. */
const FORMAT = 1;

/** A range as bytes, compressed; equal ranges give equal bytes with one version of zlib. */
export function encodeRange(range: RangeAggregate): Uint8Array {
  const writer = new ByteWriter();
  writer.count(FORMAT);
  rangeCodec.write(writer, range);
  return deflateRawSync(writer.bytes, { level: 3 });
}

/** The range of such bytes, equal to the last bit. @throws RangeError where they are none of this version's */
export function decodeRange(bytes: Uint8Array): RangeAggregate {
  const reader = new ByteReader(inflated(bytes));
  const format = reader.count();
  if (format !== FORMAT) throw new RangeError(`range of paths: expected format ${FORMAT}, got ${format}`);
  const range = rangeCodec.read(reader);
  reader.end();
  return range;
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(bytes);
  } catch (error) {
    throw new RangeError('range of paths: its bytes cannot be read', { cause: error });
  }
}

const moments = struct<Moments>({
  count,
  mean: double,
  min: double,
  max: double,
  scale: double,
  m2: double,
  m3: double,
  m4: double,
});
const joint = struct<JointMoments>({ x: moments, y: moments, covariance: double });
const sums = struct<PairSums>({ count, mean: double, squares: double, products: optional(double) });

const risk = struct<RiskFigures>({
  downside: optional(joint),
  parts: optional(
    struct<Readonly<Record<PnlPart, PairSums>>>({
      spread_income: sums,
      inventory_pnl: sums,
      fees: sums,
      adverse_selection: sums,
    }),
  ),
  boundShare: optional(sums),
  pairs: optional(textMap(sums)),
});

const pathFigures = struct<PathFigures>({
  count,
  pnl: moments,
  samples: moments,
  lots: moments,
  fills: sums,
  maxAbsLots: sums,
  maxDrawdown: optional(sums),
  certaintyEquivalent: struct<CertaintyEquivalent>({ count, value: double, se: double }),
  pairs: optional(
    struct<Readonly<Record<PairedFigure, PairSums>>>({
      std: sums,
      p05: sums,
      p50: sums,
      p95: sums,
      cvar95: sums,
      certaintyEquivalent: sums,
      finalQ: sums,
      finalQStd: sums,
    }),
  ),
  risk: optional(risk),
});

/** Of a portfolio's assets, which are of the same kind and have none themselves. */
function withAssets<T extends { readonly assets: readonly T[] }>(codecOf: (assets: Codec<readonly T[]>) => Codec<T>) {
  const none = codecOf({ write: () => {}, read: () => [] });
  return codecOf(list(none));
}

const cellFigures = withAssets<CellFigures>((assets) => struct<CellFigures>({ own: pathFigures, assets }));

/** Keys as distances from the one before, then counts, so that both compress. */
const bins: Codec<Bins> = {
  write(to, { keys, paths }) {
    to.count(keys.length);
    keys.forEach((key, i) => {
      to.count(key - (keys[i - 1] ?? 0));
    });
    for (const held of paths) to.count(held);
  },
  read(from) {
    const length = from.count();
    let key = 0;
    const keys = Array.from({ length }, () => {
      key += from.count();
      return key;
    });
    return { keys, paths: keys.map(() => from.count()) };
  },
};

const sketch = struct<SketchContent>({
  centre: double,
  scale: double,
  min: double,
  max: double,
  zeros: count,
  below: bins,
  above: bins,
});
const sketches = withAssets<SketchesContent>((assets) =>
  struct<SketchesContent>({ pnl: sketch, drawdowns: optional(sketch), assets }),
);

type Done = Extract<FoldedCell, { state: 'done' }>;
const done = struct<Omit<Done, 'state'>>({ figures: list(cellFigures), sketches, throughMid: count });

const foldedCell: Codec<FoldedCell> = {
  write(to, cell) {
    to.count(cell.state === 'done' ? 1 : 0);
    if (cell.state === 'done') done.write(to, cell);
    else text.write(to, cell.message);
  },
  read: (from) =>
    from.count() === 1 ? { state: 'done', ...done.read(from) } : { state: 'failed', message: text.read(from) },
};

const rangeCodec = struct<RangeAggregate>({
  scenario: count,
  firstPath: count,
  chunks: list(count),
  cells: list(foldedCell),
  pairs: list(
    struct<FoldedPair>({
      strategy: count,
      baseline: count,
      moments: list(struct<FoldedPairMoments>({ difference: moments, covariance: double })),
    }),
  ),
});

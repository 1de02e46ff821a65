/** The records of a shard's file beside those of a journal. */
import { pathsOf, type RangeAggregate } from '../../aggregate/range-aggregate.ts';
import { decodeRange, encodeRange } from '../../aggregate/range-codec.ts';
import type { CellDiagnostics } from '../../simulate/prepare-cell.ts';
import type { BoundShares } from '../../solve/quote-bounds.ts';
import {
  ByteReader,
  ByteWriter,
  bytes,
  type Codec,
  count,
  double,
  list,
  optional,
  struct,
  text,
} from '../../util/codec.ts';
import type { RecordHead } from '../journal/record.ts';

/** What became of a cell whose paths are kept, in one shard. */
export interface CellOutcome {
  /** The path after its last one. */
  readonly end: number;
  /** The first chunk that failed, and why. */
  readonly failure: { readonly firstPath: number; readonly message: string } | undefined;
  /** Undefined where the cell could not be made ready. */
  readonly diagnostics: CellDiagnostics | undefined;
}

/** Folded paths of a scenario, with what was learnt while its cells were made ready. */
export interface StoredRange {
  readonly range: RangeAggregate;
  readonly diagnostics: readonly (CellDiagnostics | undefined)[];
}

const doubles: Codec<Float64Array> = {
  write: (to, values) => list(double).write(to, [...values]),
  read: (from) => Float64Array.from(list(double).read(from)),
};

const diagnostics = struct<CellDiagnostics>({
  bounds: list(optional(struct<BoundShares>({ binding: double, atMin: double, atMax: double }))),
  intensitySteps: optional(doubles),
});

const outcome = struct<CellOutcome>({
  end: count,
  failure: optional(struct<NonNullable<CellOutcome['failure']>>({ firstPath: count, message: text })),
  diagnostics: optional(diagnostics),
});

const storedRange = struct<{ range: Uint8Array; diagnostics: StoredRange['diagnostics'] }>({
  range: bytes,
  diagnostics: list(optional(diagnostics)),
});

export function encodeOutcome(value: CellOutcome): Uint8Array {
  return written(outcome, value);
}

/** @throws RangeError where the bytes are no outcome */
export function decodeOutcome(payload: Uint8Array): CellOutcome {
  return outcome.read(new ByteReader(payload));
}

export function encodeStoredRange({ range, diagnostics: learnt }: StoredRange): Uint8Array {
  return written(storedRange, { range: encodeRange(range), diagnostics: learnt });
}

/** @throws RangeError where the bytes are no range of this version's */
export function decodeStoredRange(payload: Uint8Array): StoredRange {
  const { range, diagnostics: learnt } = storedRange.read(new ByteReader(payload));
  return { range: decodeRange(range), diagnostics: learnt };
}

function written<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new ByteWriter();
  codec.write(writer, value);
  return writer.bytes;
}

/** The record of a folded range, for a journal or a shard's file. */
export function rangeRecord(range: RangeAggregate): RecordHead {
  return { kind: 'range', cell: range.scenario, firstPath: range.firstPath, paths: pathsOf(range), throughMid: 0 };
}

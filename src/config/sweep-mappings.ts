import { stringify } from 'yaml';
import type { SweepValue } from './experiment.ts';

/** A value of a sweep as the file gives it. */
export type SweepEntry = SweepValue | Readonly<Record<string, unknown>>;

/** Mappings by the text that stands for them in points, CSVs and pictures. */
export type Mappings = ReadonlyMap<SweepValue, Readonly<Record<string, unknown>>>;

/** Values with mappings as text, in the flow style of YAML: {type: heston, kappa: 3}. */
export function labelled(entries: readonly SweepEntry[]): {
  readonly values: readonly SweepValue[];
  readonly mappings?: Mappings;
} {
  const mappings = new Map<SweepValue, Readonly<Record<string, unknown>>>();
  const values = entries.map((entry) => {
    if (typeof entry !== 'object' || entry === null) return entry;
    const label = stringify(entry, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
    mappings.set(label, entry);
    return label;
  });
  return mappings.size > 0 ? { values, mappings } : { values };
}

/** What a value of a column stands for. */
export function meantBy(value: SweepValue | undefined, mappings: Mappings | undefined): SweepEntry | undefined {
  return value === undefined ? undefined : (mappings?.get(value) ?? value);
}

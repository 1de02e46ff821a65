/** Histograms over common bins: `edges` has one more entry than each of `densities`. */
export interface Bins {
  readonly edges: readonly number[];
  /** One list a sample: the share of its values in each bin over the bin's width. */
  readonly densities: readonly (readonly number[])[];
}

/** Bins of a histogram that nobody chose the number of: Rice's rule, 2 n^(1/3), within what an eye can take in. */
function defaultBins(samples: readonly ArrayLike<number>[]): number {
  const smallest = Math.min(...samples.map(({ length }) => length));
  return Math.min(150, Math.max(10, Math.ceil(2 * Math.cbrt(smallest))));
}

/**
 * Counts samples into bins of equal width from the least to the greatest of all values; a value on an inner edge
 * belongs to the bin above it. Where all values are equal there is one bin of width 1 around them.
 * @param samples none of them empty, all values finite
 */
export function binSamples(samples: readonly ArrayLike<number>[], bins = defaultBins(samples)): Bins {
  let low = Infinity;
  let high = -Infinity;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      low = Math.min(low, sample[i]!);
      high = Math.max(high, sample[i]!);
    }
  }
  const count = low === high ? 1 : bins;
  const start = low === high ? low - 0.5 : low;
  const width = low === high ? 1 : (high - low) / bins;
  const densities = samples.map((sample) => {
    const counts = new Array<number>(count).fill(0);
    for (let i = 0; i < sample.length; i++) {
      const bin = Math.min(count - 1, Math.floor((sample[i]! - start) / width));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((inBin) => inBin / sample.length / width);
  });
  return { edges: Array.from({ length: count + 1 }, (_, i) => start + i * width), densities };
}

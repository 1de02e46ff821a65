import seedrandom from 'seedrandom';
import type { z } from 'zod';
import { sobolPoints } from './sobol.ts';
import type { SweepEntry } from './sweep-mappings.ts';
import type { sweepSample } from './sweep-schema.ts';
import { between } from './sweep-values.ts';

type Sample = z.output<typeof sweepSample>;

/** The values of a space-filling sample: for each axis of the file one value a point. A function of the section alone. */
export function sampleValues({ design, points, seed, axes }: Sample): ReadonlyMap<string, readonly SweepEntry[]> {
  const paths = Object.keys(axes);
  const unit = unitPoints(design, points, paths.length, seed);
  return new Map(
    Object.entries(axes).map(([path, axis], d) => [
      path,
      unit.map((point) => {
        const u = point[d]!;
        if (Array.isArray(axis)) return axis[Math.min(Math.floor(u * axis.length), axis.length - 1)]!;
        return between(axis.from, axis.to, u, axis.scale);
      }),
    ]),
  );
}

/** Points of [0, 1)^dimensions. */
export function unitPoints(
  design: Sample['design'],
  points: number,
  dimensions: number,
  seed: number | string | undefined,
): number[][] {
  const uniform = seedrandom(String(seed ?? 0));
  if (design === 'sobol') {
    const shift = Uint32Array.from({ length: dimensions }, () => Math.floor(uniform() * 2 ** 32));
    return sobolPoints(points, dimensions, seed === undefined ? undefined : shift);
  }
  if (design === 'random') return Array.from({ length: points }, () => Array.from({ length: dimensions }, uniform));
  return latinHypercube(points, dimensions, uniform);
}

/**
 * One point in each of n equal slices of every axis, uniform within its slice; the slices of the axes are paired by random
 * permutations (McKay, Beckman & Conover, Technometrics 21, 1979).
 */
function latinHypercube(points: number, dimensions: number, uniform: () => number): number[][] {
  const columns = Array.from({ length: dimensions }, () => {
    const slices = Array.from({ length: points }, (_, i) => i);
    // Fisher & Yates.
    for (let i = points - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [slices[i], slices[j]] = [slices[j]!, slices[i]!];
    }
    return slices.map((slice) => (slice + uniform()) / points);
  });
  return Array.from({ length: points }, (_, i) => columns.map((column) => column[i]!));
}

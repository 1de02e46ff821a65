import type { FillReader, Fills } from './fill-reader.ts';
import { NODES } from './radau.ts';

/** The fills at the stages of a step. */
export function stageFills(reader: FillReader, t: number, h: number): readonly Fills[] {
  return NODES.map((node) => reader.at(t + node * h));
}
